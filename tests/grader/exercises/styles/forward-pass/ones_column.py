import numpy as np


def forward(weights, biases, x):
    ones = np.ones((x.shape[0], 1), dtype=x.dtype)
    for i in range(len(weights)):
        both = np.hstack([weights[i], biases[i][:, np.newaxis]])
        x = np.hstack([x, ones]).dot(both.transpose())
        x = np.exp(-np.logaddexp(0, -x))
    return x
