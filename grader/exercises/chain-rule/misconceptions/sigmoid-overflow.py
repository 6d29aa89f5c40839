"""Your slopes are nan where z is large: e^z overflows to inf there, and inf / inf has no value. Divide both by
e^z: 1 / (1 + e^−z) is the same function, and stays finite.
"""

import numpy as np


def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def slopes(w, b, x, y):
    z = w * x + b
    a = sigmoid(z)
    delta = (a - y) * sigmoid_prime(z)
    return delta * x, delta, delta * w
