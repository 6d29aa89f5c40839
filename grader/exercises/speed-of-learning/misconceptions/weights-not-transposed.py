"""On the way back δ meets the weights the wrong way round. Forward, a batch of rows takes wᵀ; backward it takes
w: δ @ w. Where layers are equally wide no shape tells.
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
        delta = (delta @ weights[layer].T) * sigmoid_prime(zs[layer - 1])
        norms.insert(0, np.linalg.norm(delta.mean(axis=0)))
    return norms
