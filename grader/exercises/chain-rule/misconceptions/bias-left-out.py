"""Your slopes are those of a neuron without a bias: z is wx there. Go forward with z = wx + b."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def slopes(w, b, x, y):
    z = w * x
    a = sigmoid(z)
    delta = (a - y) * sigmoid_prime(z)
    return delta * x, delta, delta * w
