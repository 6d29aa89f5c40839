"""σ′ is taken at the activation: the sigmoid is applied twice. It belongs to the weighted input z; with a = σ(z)
at hand it is a(1 − a).
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def backward(delta_next, w_next, z, a_before):
    a = sigmoid(z)
    delta = (delta_next @ w_next) * sigmoid_prime(a)
    dw = delta.T @ a_before / len(z)
    db = delta.mean(axis=0)
    return delta, dw, db
