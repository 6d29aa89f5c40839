"""You count the slopes above the threshold. Those let the gradient through; flat are the ones below."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z, activation):
    if activation == "sigmoid":
        return sigmoid(z) * (1 - sigmoid(z))
    if activation == "tanh":
        return 1 - np.tanh(z) ** 2
    return np.where(z > 0, 1.0, 0.0)


def saturated_shares(z, activation, threshold):
    flat = slope(z, activation) > threshold
    return flat.mean(), flat.all(axis=0).mean()
