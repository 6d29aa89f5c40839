"""That is what happens when δ is passed back through the weights without the factor σ′(z) of each
hidden layer. Multiply it in, elementwise, at every step back.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def backprop(weights, biases, x, y):
    m = len(x)
    activations, zs = [x], []
    for w, b in zip(weights, biases):
        zs.append(activations[-1] @ w.T + b)
        activations.append(sigmoid(zs[-1]))
    delta = (activations[-1] - y) * sigmoid_prime(zs[-1])
    nabla_w, nabla_b = [], []
    for layer in reversed(range(len(weights))):
        nabla_w.insert(0, delta.T @ activations[layer] / m)
        nabla_b.insert(0, delta.sum(axis=0) / m)
        if layer > 0:
            delta = delta @ weights[layer]
    return nabla_w, nabla_b
