"""Your k is a quarter of the right one: with it the weights alone are balanced, without the slope. At z = 0
each factor is wk/4.
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
    geometric_mean = np.exp(np.mean(np.log(np.abs(weights[1:]))))
    return 1 / geometric_mean
