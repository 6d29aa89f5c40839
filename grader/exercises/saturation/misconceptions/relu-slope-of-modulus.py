"""With relu your slope is never 0, so that no unit is ever dead. Below zero relu is flat; a slope of one size on
both sides is that of |z|.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z, activation):
    if activation == "sigmoid":
        return sigmoid(z) * (1 - sigmoid(z))
    if activation == "tanh":
        return 1 - np.tanh(z) ** 2
    return np.abs(np.sign(z))


def saturated_shares(z, activation, threshold):
    flat = slope(z, activation) < threshold
    return flat.mean(), flat.all(axis=0).mean()
