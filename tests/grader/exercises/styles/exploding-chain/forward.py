import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def centering_biases(weights, x):
    biases, a = np.empty_like(weights), x
    for j, w in enumerate(weights):
        biases[j] = 0 - w * a
        a = sigmoid(w * a + biases[j])
    return biases


def growth_factors(weights):
    slope = np.exp(-0.0) / (1 + np.exp(-0.0)) ** 2
    return np.array([weights[j] * slope for j in range(1, weights.size)])
