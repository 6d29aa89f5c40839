"""From the output back, without a diagonal matrix."""

import numpy as np


def forward(weights, biases, x):
    activations = [x]
    for w, b in zip(weights, biases):
        activations.append(1 / (1 + np.exp(-(w @ activations[-1] + b))))
    return activations[1:]


def backward_matrix(weights, biases, x, layer):
    activations = forward(weights, biases, x)
    slopes = [a * (1 - a) for a in activations]
    product = np.diag(slopes[-1])
    for k in range(len(weights) - 2, layer - 1, -1):
        product = slopes[k][:, None] * (weights[k + 1].T @ product)
    return product


def delta(weights, biases, x, y, layer):
    """Ordinary back-propagation."""
    activations = forward(weights, biases, x)
    error = (activations[-1] - y) * activations[-1] * (1 - activations[-1])
    for k in range(len(weights) - 2, layer - 1, -1):
        error = (weights[k + 1].T @ error) * activations[k] * (1 - activations[k])
    return error


def growth(weights, biases, x, layer):
    slopes = [a * (1 - a) for a in forward(weights, biases, x)]
    bound = max(slopes[-1])
    for slope, w in zip(slopes[layer:-1], weights[layer + 1 :]):
        bound = bound * np.linalg.svd(w * slope, compute_uv=False)[0]
    return np.array([np.linalg.svd(backward_matrix(weights, biases, x, layer), compute_uv=False).max(), bound])
