"""Your weighted inputs lack the bias: z is w·x + b. All three results are those of a neuron whose b is 0."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost_and_gradient(w, b, x, y):
    m = len(x)
    z = x @ w
    a = sigmoid(z)
    cost = np.sum((a - y) ** 2) / (2 * m)
    delta = (a - y) * sigmoid(z) * (1 - sigmoid(z))
    return cost, delta @ x / m, np.sum(delta) / m
