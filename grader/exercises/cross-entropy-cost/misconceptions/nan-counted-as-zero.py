"""Your cost turns what is not finite into 0. That is right for 0·ln 0, and leaves out the costs of 1000 as well:
rewrite the logarithm of the sigmoid in z, where both come out right.
"""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def cross_entropy(z, y):
    a = sigmoid(z)
    costs = y * np.log(a) + (1 - y) * np.log(1 - a)
    return -np.sum(np.nan_to_num(costs, posinf=0, neginf=0)) / len(z)


def output_delta(z, y):
    return sigmoid(z) - y
