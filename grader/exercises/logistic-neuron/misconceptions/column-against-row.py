"""Your answers are a column, (m, 1), and `y` is a row of m numbers: numpy makes an (m, m) table of every answer
minus every target, and averages over pairs. Keep both (m,).
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost_and_gradient(w, b, x, y):
    m = len(x)
    z = x @ w.reshape(-1, 1) + b
    a = sigmoid(z)
    cost = np.mean((a - y) ** 2) / 2
    delta = (a - y) * sigmoid(z) * (1 - sigmoid(z))
    return cost, delta.mean(axis=1) @ x / m, np.mean(delta)
