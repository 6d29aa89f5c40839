"""The cost is right, and every slope has the opposite sign, as with y − a. The square does not see the order, its
slope does: a − y.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost_and_gradient(w, b, x, y):
    m = len(x)
    z = x @ w + b
    a = sigmoid(z)
    cost = np.sum((a - y) ** 2) / (2 * m)
    delta = (y - a) * sigmoid(z) * (1 - sigmoid(z))
    return cost, delta @ x / m, np.sum(delta) / m
