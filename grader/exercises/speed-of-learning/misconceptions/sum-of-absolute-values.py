"""Your numbers are sums of absolute values. The length of a vector is the root of the sum of its squares."""

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
        delta = (delta @ weights[layer]) * sigmoid_prime(zs[layer - 1])
        norms.insert(0, np.abs(delta.mean(axis=0)).sum())
    return norms
