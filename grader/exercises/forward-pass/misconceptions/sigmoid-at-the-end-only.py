"""The sigmoid is applied once, to the last layer, and the layers before it stay linear. Linear layers in a row
are no more than one: apply σ in every layer, inside the loop.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(weights, biases, x):
    a = x
    for w, b in zip(weights, biases):
        a = a @ w.T + b
    return sigmoid(a)
