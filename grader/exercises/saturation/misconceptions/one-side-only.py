"""Only the upper side counts in your shares. A sigmoid near 0 is as flat as one near 1, and tanh is flat at −1 and
at 1: where z is far below zero, sigmoid and tanh are saturated too.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z, activation):
    if activation == "sigmoid":
        return 1 - sigmoid(z)
    if activation == "tanh":
        return 1 - np.tanh(z)
    return np.where(z > 0, 1.0, 0.0)


def saturated_shares(z, activation, threshold):
    flat = slope(z, activation) < threshold
    return flat.mean(), flat.all(axis=0).mean()
