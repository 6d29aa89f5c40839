"""A small number is added inside of the logarithm. It keeps the cost finite and makes it wrong, a little everywhere
and by a lot where the output is quite wrong. Rewritten in z the cost needs no such number.
"""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def cross_entropy(z, y):
    a, eps = sigmoid(z), 1e-8
    return -np.sum(y * np.log(a + eps) + (1 - y) * np.log(1 - a + eps)) / len(z)


def output_delta(z, y):
    return sigmoid(z) - y
