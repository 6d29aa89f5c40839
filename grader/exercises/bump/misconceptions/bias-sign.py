"""Your steps are at −start and −end: the hidden biases have the opposite sign. A neuron steps where wx + b = 0,
so that b = −ws.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def bump(start, end, height, weight):
    w1 = np.array([[weight], [weight]])
    b1 = np.array([weight * start, weight * end])
    w2 = np.array([[height, -height]])
    b2 = np.array([0.0])
    return w1, b1, w2, b2


def weighted_sum(x, w1, b1, w2, b2):
    hidden = sigmoid(x[:, None] @ w1.T + b1)
    return (hidden @ w2.T + b2)[:, 0]
