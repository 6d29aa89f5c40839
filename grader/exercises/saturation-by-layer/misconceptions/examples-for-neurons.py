"""Your `stuck_neurons` goes along the wrong axis: it counts examples for which all neurons are saturated. A
neuron is a column, its examples lie along axis 0.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def hidden_activations(weights, biases, x):
    activations = []
    for w, b in zip(weights[:-1], biases[:-1]):
        x = sigmoid(x @ w.T + b)
        activations.append(x)
    return activations


def saturation(weights, biases, x, margin):
    return [np.mean((a <= margin) | (a >= 1 - margin)) for a in hidden_activations(weights, biases, x)]


def mean_activations(weights, biases, x):
    return [np.mean(a) for a in hidden_activations(weights, biases, x)]


def stuck_neurons(weights, biases, x, margin):
    counts = []
    for a in hidden_activations(weights, biases, x):
        low = (a <= margin).all(axis=1)
        high = (a >= 1 - margin).all(axis=1)
        counts.append(np.sum(low | high))
    return counts
