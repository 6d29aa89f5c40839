"""Your penalty's slope is 2λ/m·w: the ½ of λ/2m, which cancels the 2 of the square, is missing."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def descend(weights, biases, x, y, rate, decay):
    m = len(x)
    activations, zs = [x], []
    for w, b in zip(weights, biases):
        zs.append(activations[-1] @ w.T + b)
        activations.append(sigmoid(zs[-1]))
    delta = activations[-1] - y
    new_weights, new_biases, norms = [], [], []
    for layer in reversed(range(len(weights))):
        w, b = weights[layer], biases[layer]
        nabla_w = delta.T @ activations[layer] / m
        nabla_b = delta.mean(axis=0)
        new_weights.insert(0, w - rate * (nabla_w + 2 * decay / m * w))
        new_biases.insert(0, b - rate * nabla_b)
        if layer < len(weights) - 1:
            norms.insert(0, np.linalg.norm(nabla_b))
        if layer > 0:
            delta = (delta @ w) * sigmoid_prime(zs[layer - 1])
    return new_weights, new_biases, norms
