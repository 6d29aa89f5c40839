"""Your error is w1²/96 itself. That is what it comes close to for small weights; compute it from the neuron,
and the difference shows.
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
    return w1**2 / 96


def first_weight(tolerance):
    return np.sqrt(96 * tolerance)
