"""Every slope in your products is ¼. That is the largest value of σ′, reached only where z is 0; take σ′ at
each neuron's own z.
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
        product = 0.25
        for k in range(j + 1, len(weights)):
            product *= weights[k] * 0.25
        gradients.append(product * dc_da)
    return gradients
