"""Your `growth` takes eigenvalues. Only square matrices have them, and they say nothing of the longest vector
that can come out; the largest singular value does, `np.linalg.norm(matrix, 2)`.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def weighted_inputs(weights, biases, x):
    zs, a = [], x
    for w, b in zip(weights, biases):
        zs.append(w @ a + b)
        a = sigmoid(zs[-1])
    return zs


def backward_matrix(weights, biases, x, layer):
    zs = weighted_inputs(weights, biases, x)
    product = np.diag(sigmoid_prime(zs[layer]))
    for later in range(layer + 1, len(weights)):
        product = product @ weights[later].T @ np.diag(sigmoid_prime(zs[later]))
    return product


def delta(weights, biases, x, y, layer):
    output = sigmoid(weighted_inputs(weights, biases, x)[-1])
    return backward_matrix(weights, biases, x, layer) @ (output - y)


def growth(weights, biases, x, layer):
    zs = weighted_inputs(weights, biases, x)
    largest = np.abs(np.linalg.eigvals(backward_matrix(weights, biases, x, layer))).max()
    bound = sigmoid_prime(zs[-1]).max()
    for hidden in range(layer, len(weights) - 1):
        bound *= np.abs(np.linalg.eigvals(np.diag(sigmoid_prime(zs[hidden])) @ weights[hidden + 1].T)).max()
    return largest, bound
