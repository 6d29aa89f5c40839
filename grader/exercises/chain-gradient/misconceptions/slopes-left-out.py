"""Behind a neuron's own slope your product holds weights alone. Each neuron that a nudge passes multiplies it
by the slope at its own z as well: w, then σ′(z), for every neuron up to the last.
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
        product = sigmoid_prime(zs[j])
        for k in range(j + 1, len(weights)):
            product *= weights[k]
        gradients.append(product * dc_da)
    return gradients
