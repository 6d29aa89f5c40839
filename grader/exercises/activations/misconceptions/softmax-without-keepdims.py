"""Your softmax takes each row's maximum and sum without `keepdims=True`. They have shape (m,), which numpy lines
up with the columns: an error where m and the number of classes differ, wrong values where they are equal.
"""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu(z):
    return np.maximum(z, 0)


def relu_prime(z):
    return np.where(z > 0, 1.0, 0.0)


def softmax(z):
    e = np.exp(z - z.max(axis=1))
    return e / e.sum(axis=1)
