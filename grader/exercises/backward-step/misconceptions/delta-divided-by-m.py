"""Both gradients are right, and δ itself is divided by m. Its rows are the slopes of each example's own cost, and
the next step back divides again: divide the gradients only.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def backward(delta_next, w_next, z, a_before):
    delta = (delta_next @ w_next) * sigmoid_prime(z) / len(z)
    dw = delta.T @ a_before
    db = delta.sum(axis=0)
    return delta, dw, db
