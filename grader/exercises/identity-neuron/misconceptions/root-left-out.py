"""Your first weight is 96 times the tolerance: that is the square of the weight. Take the root."""

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
    x = np.linspace(0, 1, 1001)
    return np.max(np.abs(w2 * sigmoid(w1 * x + b) + c - x))


def first_weight(tolerance):
    return 96 * tolerance
