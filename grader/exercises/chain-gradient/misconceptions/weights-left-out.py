"""Your gradients are products of the slopes alone. Between two slopes lies a weight: a nudge to one neuron's
activation reaches the next neuron's z multiplied by the weight that connects them.
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
            product *= sigmoid_prime(zs[k])
        gradients.append(product * dc_da)
    return gradients
