"""Your outputs are those of the network without its biases: `biases` is never added. Add b to the product before
the sigmoid.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(weights, biases, x):
    a = x
    for w in weights:
        a = sigmoid(a @ w.T)
    return a
