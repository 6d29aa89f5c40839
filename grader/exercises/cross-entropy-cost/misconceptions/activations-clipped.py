"""Your cost stops growing where the output is quite wrong, because a is clipped before the logarithm. The cost at z
= 1000 and y = 0 is 1000: rewritten in z it needs no clipping.
"""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def cross_entropy(z, y):
    a = np.clip(sigmoid(z), 1e-15, 1 - 1e-15)
    return -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a)) / len(z)


def output_delta(z, y):
    return sigmoid(z) - y
