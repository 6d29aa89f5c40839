"""Your `growth` takes the root of the sum of squares, which is what np.linalg.norm gives for a matrix by
itself. The largest singular value is `np.linalg.norm(matrix, 2)`.
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
    largest = np.linalg.norm(backward_matrix(weights, biases, x, layer))
    bound = sigmoid_prime(zs[-1]).max()
    for hidden in range(layer, len(weights) - 1):
        bound *= np.linalg.norm(np.diag(sigmoid_prime(zs[hidden])) @ weights[hidden + 1].T)
    return largest, bound
