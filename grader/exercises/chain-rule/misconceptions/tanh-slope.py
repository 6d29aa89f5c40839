"""Your da/dz is 1 − a², the slope of tanh. The neuron is a sigmoid, whose slope is a(1 − a)."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def slopes(w, b, x, y):
    z = w * x + b
    a = sigmoid(z)
    delta = (a - y) * (1 - a**2)
    return delta * x, delta, delta * w
