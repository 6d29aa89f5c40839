"""Your δ is a quotient times σ′(z), which is right for moderate z and 0/0 where the sigmoid is 0 or 1 to the last
digit. Cancel a(1 − a) on paper before you compute.
"""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def cross_entropy(z, y):
    costs = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return costs.sum() / len(z)


def output_delta(z, y):
    a = sigmoid(z)
    return (a - y) / (a * (1 - a)) * (a * (1 - a))
