"""Your largest error is below 0, or near it: the difference is taken with its sign. At x = 1 the neuron stays
below x, so look at the size of the difference.
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
    return w2 * sigmoid(w1 + b) + c - 1


def first_weight(tolerance):
    return np.sqrt(96 * tolerance)
