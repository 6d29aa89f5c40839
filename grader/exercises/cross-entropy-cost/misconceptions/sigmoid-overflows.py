"""Your δ is nan where z is large: the sigmoid is written e^z / (1 + e^z), which is inf/inf there. Write it with an
exponent that is never positive.
"""

import numpy as np


def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


def cross_entropy(z, y):
    costs = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return costs.sum() / len(z)


def output_delta(z, y):
    return sigmoid(z) - y
