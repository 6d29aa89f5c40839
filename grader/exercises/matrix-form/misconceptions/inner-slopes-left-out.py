"""Your product has the slopes of the layer itself and of the output, and between the two only weights. Every
layer that an error passes brings its own Σ′(z).
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
        product = product @ weights[later].T
    if layer < len(weights) - 1:
        product = product @ np.diag(sigmoid_prime(zs[-1]))
    return product


def delta(weights, biases, x, y, layer):
    output = sigmoid(weighted_inputs(weights, biases, x)[-1])
    return backward_matrix(weights, biases, x, layer) @ (output - y)


def growth(weights, biases, x, layer):
    zs = weighted_inputs(weights, biases, x)
    largest = np.linalg.norm(backward_matrix(weights, biases, x, layer), 2)
    bound = sigmoid_prime(zs[-1]).max()
    for hidden in range(layer, len(weights) - 1):
        bound *= np.linalg.norm(np.diag(sigmoid_prime(zs[hidden])) @ weights[hidden + 1].T, 2)
    return largest, bound
