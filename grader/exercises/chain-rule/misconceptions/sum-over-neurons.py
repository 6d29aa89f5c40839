"""With arrays your slopes are sums, as a scalar product gives them. Here every place is a neuron of its own:
multiply element by element, and add nothing up.
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
    return np.dot(delta, x), np.sum(delta), np.dot(delta, w)
