"""Your answer is the first layer's activation: the `return` stands inside the loop, and the other layers are
never reached. Return after the loop.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(weights, biases, x):
    a = x
    for w, b in zip(weights, biases):
        a = sigmoid(a @ w.T + b)
        return a
