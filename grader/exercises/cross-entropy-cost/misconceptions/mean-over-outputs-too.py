"""Your cost is K times too small: it is a mean over the outputs as well. Sum over an example's outputs, and average
over the examples only.
"""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def cross_entropy(z, y):
    costs = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return costs.mean()


def output_delta(z, y):
    return sigmoid(z) - y
