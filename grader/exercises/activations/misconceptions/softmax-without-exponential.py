"""Your softmax divides each row by its sum without e^z before. Weighted inputs can be negative; their
exponentials cannot, and it is those that are divided by their sum.
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
    return z / z.sum(axis=1, keepdims=True)
