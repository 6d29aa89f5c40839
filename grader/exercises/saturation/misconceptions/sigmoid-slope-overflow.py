"""Far below zero your slope of the sigmoid is nan, as e^−z overflows in it, and nan < threshold is False: the
flattest elements of all are left out. a(1 − a) with a = 1 / (1 + e^−z) stays finite.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z, activation):
    if activation == "sigmoid":
        return np.exp(-z) / (1 + np.exp(-z)) ** 2
    if activation == "tanh":
        return 1 - np.tanh(z) ** 2
    return np.where(z > 0, 1.0, 0.0)


def saturated_shares(z, activation, threshold):
    flat = slope(z, activation) < threshold
    return flat.mean(), flat.all(axis=0).mean()
