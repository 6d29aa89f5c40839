"""Your cost has one value for each example. The cost of a batch is their mean, a single number."""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def cross_entropy(z, y):
    costs = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return costs.sum(axis=1)


def output_delta(z, y):
    return sigmoid(z) - y
