"""Your error is taken at x = ½, where the neuron is exact. It grows from there to both ends; look at all of [0,
1].
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def identity_neuron(w1):
    b = -w1 / 2
    w2 = 4 / w1
    c = 0.5 - w2 / 2
    return b, w2, c


def largest_error(w1):
    b, w2, c = identity_neuron(w1)
    x = 0.5
    return np.abs(w2 * sigmoid(w1 * x + b) + c - x)


def first_weight(tolerance):
    return np.sqrt(96 * tolerance)
