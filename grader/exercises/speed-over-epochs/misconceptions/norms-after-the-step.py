"""Your norms are those of the network after the step. Asked for is how fast each layer was learning when the
step was made.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def backprop(weights, biases, x, y):
    activations, zs = [x], []
    for w, b in zip(weights, biases):
        zs.append(activations[-1] @ w.T + b)
        activations.append(sigmoid(zs[-1]))
    delta = activations[-1] - y
    nabla_w, nabla_b = [], []
    for layer in reversed(range(len(weights))):
        nabla_w.insert(0, delta.T @ activations[layer] / len(x))
        nabla_b.insert(0, delta.mean(axis=0))
        if layer > 0:
            delta = (delta @ weights[layer]) * sigmoid_prime(zs[layer - 1])
    return nabla_w, nabla_b


def descend(weights, biases, x, y, rate, decay):
    nabla_w, nabla_b = backprop(weights, biases, x, y)
    weights = [w - rate * (g + decay / len(x) * w) for w, g in zip(weights, nabla_w)]
    biases = [b - rate * g for b, g in zip(biases, nabla_b)]
    _, nabla_b = backprop(weights, biases, x, y)
    return weights, biases, [np.linalg.norm(g) for g in nabla_b[:-1]]
