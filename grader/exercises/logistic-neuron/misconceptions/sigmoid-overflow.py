"""Your sigmoid is nan where z is near 1000: e^z overflows to inf there, and inf / inf has no value. Divide both
by e^z: 1 / (1 + e^−z) is the same function.
"""

import numpy as np


def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


def cost_and_gradient(w, b, x, y):
    m = len(x)
    z = x @ w + b
    a = sigmoid(z)
    cost = np.sum((a - y) ** 2) / (2 * m)
    delta = (a - y) * sigmoid(z) * (1 - sigmoid(z))
    return cost, delta @ x / m, np.sum(delta) / m
