"""Your units are judged by their mean slope over the batch. A unit that is flat for all examples but one has a
small mean, and still learns from that one: ask whether all of its slopes lie below the threshold.
"""

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
    flat = slope(z, activation) < threshold
    stuck = slope(z, activation).mean(axis=0) < threshold
    return flat.mean(), stuck.mean()
