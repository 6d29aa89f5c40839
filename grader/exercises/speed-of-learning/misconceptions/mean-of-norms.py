"""Your numbers are means of lengths: the norm of each example's δ, then the mean. The network moves by the mean
gradient, in which opposite directions cancel. Take the mean over the batch first, then the norm.
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
        delta = (delta @ weights[layer]) * sigmoid_prime(zs[layer - 1])
        norms.insert(0, np.linalg.norm(delta, axis=1).mean())
    return norms
