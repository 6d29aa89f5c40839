"""Your layer's weights are changed before δ has gone back through them. Compute the gradients of all layers first,
with the weights of the way forward, then move.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def batches(order, size):
    return [order[start : start + size] for start in range(0, len(order), size)]


def epoch(weights, biases, x, y, order, size, rate):
    weights, biases = list(weights), list(biases)
    for rows in batches(order, size):
        activations = [x[rows]]
        for w, b in zip(weights, biases):
            activations.append(sigmoid(activations[-1] @ w.T + b))
        delta = (activations[-1] - y[rows]) * activations[-1] * (1 - activations[-1])
        for layer in reversed(range(len(weights))):
            a = activations[layer]
            weights[layer] = weights[layer] - rate * delta.T @ a / len(rows)
            biases[layer] = biases[layer] - rate * delta.mean(axis=0)
            delta = (delta @ weights[layer]) * a * (1 - a)
    return weights, biases
