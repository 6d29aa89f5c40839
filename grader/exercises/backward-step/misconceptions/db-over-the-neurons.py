"""δ and dw are right; db is averaged over the neurons, along axis 1. It has one entry a neuron: average over the
examples, axis 0.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def backward(delta_next, w_next, z, a_before):
    delta = (delta_next @ w_next) * sigmoid_prime(z)
    dw = delta.T @ a_before / len(z)
    db = delta.mean(axis=1)
    return delta, dw, db
