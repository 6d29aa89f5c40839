"""Your slopes have a − y where (a − y)σ′(z) belongs. Between the weighted input and the cost stands the sigmoid,
and the chain rule brings its slope. Without it they are those of another cost, the cross-entropy.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost_and_gradient(w, b, x, y):
    m = len(x)
    z = x @ w + b
    a = sigmoid(z)
    cost = np.sum((a - y) ** 2) / (2 * m)
    delta = a - y
    return cost, delta @ x / m, np.sum(delta) / m
