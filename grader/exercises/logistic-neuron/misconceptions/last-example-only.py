"""Your slopes are those of the last example, divided by m: each one replaces the one before. Add them up, with +=
in place of =.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost_and_gradient(w, b, x, y):
    m = len(x)
    z = x @ w + b
    a = sigmoid(z)
    cost = np.sum((a - y) ** 2) / (2 * m)
    delta = (a - y) * sigmoid(z) * (1 - sigmoid(z))
    for i in range(m):
        dw = delta[i] * x[i]
        db = delta[i]
    return cost, dw / m, db / m
