"""Your sigmoid falls where it should rise, from 1 on the left down to 0 on the right: the minus in e^−z is lost.
Check one point: σ(2) is about 0.88.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def slopes(w, b, x, y):
    z = w * x + b
    a = sigmoid(z)
    delta = (a - y) * sigmoid_prime(z)
    return delta * x, delta, delta * w
