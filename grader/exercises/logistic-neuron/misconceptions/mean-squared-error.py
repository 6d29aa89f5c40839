"""Cost and slopes are both twice what they should be, as with the mean of (a − y)². The quadratic cost here has a
factor ½, which cancels the 2 of the derivative.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost_and_gradient(w, b, x, y):
    m = len(x)
    z = x @ w + b
    a = sigmoid(z)
    cost = np.mean((a - y) ** 2)
    delta = 2 * (a - y) * sigmoid(z) * (1 - sigmoid(z))
    return cost, delta @ x / m, np.sum(delta) / m
