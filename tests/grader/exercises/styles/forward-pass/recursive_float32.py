import numpy as np


def forward(weights, biases, x):
    if len(weights) == 0:
        return x.astype(np.float32)
    z = np.einsum("mi,oi->mo", x, weights[0]) + biases[0]
    return forward(weights[1:], biases[1:], np.tanh(z / 2) / 2 + 0.5)
