"""On the way back σ′ is taken at the activation: the sigmoid is applied twice. σ′ belongs to the weighted input
z; with a = σ(z) at hand it is a(1 − a).
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
        delta = (delta @ weights[layer]) * sigmoid_prime(sigmoid(zs[layer - 1]))
        norms.insert(0, np.linalg.norm(delta.mean(axis=0)))
    return norms
