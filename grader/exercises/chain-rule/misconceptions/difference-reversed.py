"""All your slopes have the opposite sign, as with y − a. The slope of (a − y)²/2 in a is a − y: raising a too
large a raises the cost.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def slopes(w, b, x, y):
    z = w * x + b
    a = sigmoid(z)
    delta = (y - a) * sigmoid_prime(z)
    return delta * x, delta, delta * w
