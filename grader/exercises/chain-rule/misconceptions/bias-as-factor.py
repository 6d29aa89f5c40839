"""Your db is multiplied by b. The bias is added to wx, so that a change of it reaches z as it is: dz/db = 1."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def slopes(w, b, x, y):
    z = w * x + b
    a = sigmoid(z)
    delta = (a - y) * sigmoid_prime(z)
    return delta * x, delta * b, delta * w
