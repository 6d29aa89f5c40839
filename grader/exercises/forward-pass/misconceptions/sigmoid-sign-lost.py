"""Every activation is one minus the right one in the first layer: your sigmoid falls where it should rise. The
exponent is −z.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(z))


def forward(weights, biases, x):
    a = x
    for w, b in zip(weights, biases):
        a = sigmoid(a @ w.T + b)
    return a
