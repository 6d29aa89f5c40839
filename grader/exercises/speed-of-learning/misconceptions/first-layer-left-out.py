"""Your list counts from the second hidden layer to the output. `weights[0]` leads into the first hidden layer,
so entry 0 of z and δ is that layer's already: include it, and leave the output out.
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
    norms = [np.linalg.norm(delta.mean(axis=0))]
    for layer in reversed(range(1, len(weights))):
        delta = (delta @ weights[layer]) * sigmoid_prime(zs[layer - 1])
        norms.insert(0, np.linalg.norm(delta.mean(axis=0)))
    return norms[1:]
