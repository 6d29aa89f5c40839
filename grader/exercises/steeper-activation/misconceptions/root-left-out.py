"""Your k makes a single factor as large as all of them together are small: it divides by the whole product of
the weights. Each of the n − 1 factors holds a k, so take that root.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def factors(k, weights, biases, x):
    a, slopes = x, []
    for w, b in zip(weights, biases):
        z = w * a + b
        a = sigmoid(k * z)
        slopes.append(k * a * (1 - a))
    return weights[1:] * np.array(slopes[:-1])


def gradient_ratio(k, weights, biases, x):
    return np.prod(factors(k, weights, biases, x))


def balanced_steepness(weights):
    return 4 / np.abs(np.prod(weights[1:]))
