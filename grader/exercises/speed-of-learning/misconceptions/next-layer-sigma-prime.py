"""On the way back δ is multiplied by σ′ of the layer that it comes from. δ of a layer takes σ′ at that layer's
own weighted input, after the weights.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def layer_norms(weights, biases, x, y):
    a, zs = x, []
    for w, b in zip(weights, biases):
        zs.append(a @ w.T + b)
        a = sigmoid(zs[-1])
    delta = a - y
    norms = []
    for layer in reversed(range(1, len(weights))):
        delta = (delta * sigmoid_prime(zs[layer])) @ weights[layer]
        norms.insert(0, np.linalg.norm(delta.mean(axis=0)))
    return norms
