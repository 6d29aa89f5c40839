"""Your slope is taken at the activation, so that the function is applied twice. The slope at z is a(1 − a) for the
sigmoid and 1 − a² for tanh, where a goes in as it is.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z, activation):
    if activation == "sigmoid":
        a = sigmoid(z)
        return sigmoid(a) * (1 - sigmoid(a))
    if activation == "tanh":
        a = np.tanh(z)
        return 1 - np.tanh(a) ** 2
    return np.where(z > 0, 1.0, 0.0)


def saturated_shares(z, activation, threshold):
    flat = slope(z, activation) < threshold
    return flat.mean(), flat.all(axis=0).mean()
