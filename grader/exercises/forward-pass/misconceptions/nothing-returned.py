"""Your function gives None: it ends without a `return`. Hand the last activations back."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(weights, biases, x):
    a = x
    for w, b in zip(weights, biases):
        a = sigmoid(a @ w.T + b)
