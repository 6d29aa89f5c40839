"""Your neuron is centered at x = 0: the sigmoid's straight part then reaches as far to negative x as to
positive, and the error at x = 1 is about eight times as large. Center it on the middle of [0, 1].
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def identity_neuron(w1):
    b = 0.0
    w2 = 4 / w1
    c = -w2 / 2
    return b, w2, c


def largest_error(w1):
    b, w2, c = identity_neuron(w1)
    x = np.linspace(0, 1, 1001)
    return np.max(np.abs(w2 * sigmoid(w1 * x + b) + c - x))


def first_weight(tolerance):
    return np.sqrt(96 * tolerance)
