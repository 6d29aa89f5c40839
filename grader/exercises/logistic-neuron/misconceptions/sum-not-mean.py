"""Cost and slopes are all too large by the number of examples: they are summed over the batch. Divide by m, so
that more data does not mean longer steps.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost_and_gradient(w, b, x, y):
    m = len(x)
    z = x @ w + b
    a = sigmoid(z)
    cost = np.sum((a - y) ** 2) / 2
    delta = (a - y) * sigmoid(z) * (1 - sigmoid(z))
    return cost, delta @ x, np.sum(delta)
