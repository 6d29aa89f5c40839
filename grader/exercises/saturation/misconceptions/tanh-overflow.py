"""Far from zero your tanh is nan, as e^z or e^−z overflows in it, and nan < threshold is False: the flattest
elements of all are left out. `np.tanh` is finite everywhere.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z, activation):
    if activation == "sigmoid":
        return sigmoid(z) * (1 - sigmoid(z))
    if activation == "tanh":
        a = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
        return 1 - a**2
    return np.where(z > 0, 1.0, 0.0)


def saturated_shares(z, activation, threshold):
    flat = slope(z, activation) < threshold
    return flat.mean(), flat.all(axis=0).mean()
