"""Your values are right, with one example a column. The batch came with one example a row; return it that way
round too.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(weights, biases, x):
    a = x.T
    for w, b in zip(weights, biases):
        a = sigmoid(w @ a + b[:, None])
    return a
