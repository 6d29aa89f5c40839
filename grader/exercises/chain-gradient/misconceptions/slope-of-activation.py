"""Your slopes are taken at the activation: the sigmoid is applied twice. σ′ belongs to the weighted input z;
with a = σ(z) at hand it is a(1 − a).
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def bias_gradients(weights, biases, x, dc_da):
    a, activations = x, []
    for w, b in zip(weights, biases):
        a = sigmoid(w * a + b)
        activations.append(a)
    gradients = []
    for j in range(len(weights)):
        product = sigmoid_prime(activations[j])
        for k in range(j + 1, len(weights)):
            product *= weights[k] * sigmoid_prime(activations[k])
        gradients.append(product * dc_da)
    return gradients
