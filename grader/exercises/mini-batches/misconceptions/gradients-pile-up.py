"""Your gradients are not reset between mini-batches: each step follows those of all batches so far. Begin every
batch with new ones.
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
    return [order[start : start + size] for start in range(0, len(order), size)]


def epoch(weights, biases, x, y, order, size, rate):
    total_w, total_b = [np.zeros(w.shape) for w in weights], [np.zeros(b.shape) for b in biases]
    for rows in batches(order, size):
        nabla_w, nabla_b = backprop(weights, biases, x[rows], y[rows])
        total_w = [t + g for t, g in zip(total_w, nabla_w)]
        total_b = [t + g for t, g in zip(total_b, nabla_b)]
        weights = [w - rate * g for w, g in zip(weights, total_w)]
        biases = [b - rate * g for b, g in zip(biases, total_b)]
    return weights, biases
