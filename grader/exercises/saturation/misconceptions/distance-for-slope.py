"""For sigmoid and tanh you ask how close the activation comes to its ends. The threshold here is one for the
slope, a(1 − a) or 1 − a², which is not the same number.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z, activation):
    if activation == "sigmoid":
        return np.minimum(sigmoid(z), 1 - sigmoid(z))
    if activation == "tanh":
        return 1 - np.abs(np.tanh(z))
    return np.where(z > 0, 1.0, 0.0)


def saturated_shares(z, activation, threshold):
    flat = slope(z, activation) < threshold
    return flat.mean(), flat.all(axis=0).mean()
