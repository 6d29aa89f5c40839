"""The derivative of the outputs in z, turned around at the end; the norm from the eigenvalues of MᵀM."""

import numpy as np


def prime(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


def run(weights, biases, x):
    x = x.reshape(-1, 1)
    zs = []
    for w, b in zip(weights, biases):
        zs.append(w.dot(x) + b.reshape(-1, 1))
        x = np.tanh(zs[-1] / 2) / 2 + 0.5
    return zs, x


def backward_matrix(weights, biases, x, layer):
    zs, _ = run(weights, biases, x)
    steps = [np.diagflat(prime(zs[layer]))]
    for w, z in zip(weights[layer + 1 :], zs[layer + 1 :]):
        steps += [w, np.diagflat(prime(z))]
    return np.linalg.multi_dot(steps[::-1]).T if len(steps) > 1 else steps[0]


def delta(weights, biases, x, y, layer):
    _, output = run(weights, biases, x)
    return (backward_matrix(weights, biases, x, layer) @ (output - y.reshape(-1, 1))).ravel()


def spectral(m):
    return float(np.sqrt(np.linalg.eigvalsh(m.T @ m)[-1]))


def growth(weights, biases, x, layer):
    zs, _ = run(weights, biases, x)
    bound = float(prime(zs[-1]).max())
    for k in range(layer, len(weights) - 1):
        bound *= spectral(weights[k + 1] @ np.diagflat(prime(zs[k])))
    return [spectral(backward_matrix(weights, biases, x, layer)), bound]
