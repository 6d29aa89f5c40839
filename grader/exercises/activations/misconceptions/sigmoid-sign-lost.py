"""Your sigmoid falls where it should rise: it is σ(−z), from 1 on the left down to 0 on the right. That is what
happens when the minus in e^−z is lost. Check one point: σ(2) is about 0.88.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu(z):
    return np.maximum(z, 0)


def relu_prime(z):
    return np.where(z > 0, 1.0, 0.0)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
