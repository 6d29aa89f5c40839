"""Your δ takes z itself for the output. The output is a = σ(z), and δ is a − y."""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def cross_entropy(z, y):
    costs = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return costs.sum() / len(z)


def output_delta(z, y):
    return z - y
