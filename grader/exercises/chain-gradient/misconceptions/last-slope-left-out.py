"""The slope of the last neuron is missing from every product, so that the last gradient is `dc_da` itself. The
cost's slope was given with respect to the last activation, and σ′ leads from there to z.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def bias_gradients(weights, biases, x, dc_da):
    a, zs = x, []
    for w, b in zip(weights, biases):
        zs.append(w * a + b)
        a = sigmoid(zs[-1])
    gradients = []
    for j in range(len(weights)):
        product = 1.0
        for k in range(j + 1, len(weights)):
            product *= sigmoid_prime(zs[k - 1]) * weights[k]
        gradients.append(product * dc_da)
    return gradients
