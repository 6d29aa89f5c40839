"""Your cost is written in z, and e^z overflows where z is large. Take max(z, 0) out of the logarithm, so that the
exponential left in it is e^−|z|.
"""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def cross_entropy(z, y):
    costs = np.log(1 + np.exp(z)) - z * y
    return costs.sum() / len(z)


def output_delta(z, y):
    return sigmoid(z) - y
