"""Your cost has the opposite sign. Logarithms of numbers below 1 are negative, and the minus in front makes the
cost positive.
"""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def cross_entropy(z, y):
    costs = z * y - np.maximum(z, 0) - np.log1p(np.exp(-np.abs(z)))
    return costs.sum() / len(z)


def output_delta(z, y):
    return sigmoid(z) - y
