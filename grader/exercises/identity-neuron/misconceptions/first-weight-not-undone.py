"""Your w2 is 4 whatever the first weight is. By the chain rule the slope in x is w1·w2·σ′(z), so w2 has to undo
w1 as well.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def identity_neuron(w1):
    b = -w1 / 2
    w2 = 4.0
    c = 0.5 - w2 / 2
    return b, w2, c


def largest_error(w1):
    b, w2, c = identity_neuron(w1)
    x = np.linspace(0, 1, 1001)
    return np.max(np.abs(w2 * sigmoid(w1 * x + b) + c - x))


def first_weight(tolerance):
    return np.sqrt(96 * tolerance)
