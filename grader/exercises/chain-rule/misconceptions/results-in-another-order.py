"""Your three slopes are right and stand in another order. Return the weight's first, then the bias's, then the
input's: (dw, db, dx).
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def slopes(w, b, x, y):
    z = w * x + b
    a = sigmoid(z)
    delta = (a - y) * sigmoid_prime(z)
    return delta, delta * x, delta * w
