import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slopes(weights, biases, x):
    a, found = x, []
    for w, b in zip(weights, biases):
        a = sigmoid(np.dot(w, a) + b)
        found.append((a * (1 - a)).tolist())
    return found, a


def backward_matrix(weights, biases, x, layer):
    """Recursion: one layer's rows are sums over the next layer's."""
    s, _ = slopes(weights, biases, x)
    n = len(s[layer])
    if layer == len(weights) - 1:
        return [[s[layer][i] if i == j else 0.0 for j in range(n)] for i in range(n)]
    after = backward_matrix(weights, biases, x, layer + 1)
    w = weights[layer + 1].tolist()
    return [
        [s[layer][i] * sum(w[k][i] * after[k][j] for k in range(len(after))) for j in range(len(after[0]))]
        for i in range(n)
    ]


def delta(weights, biases, x, y, layer):
    _, output = slopes(weights, biases, x)
    gradient = output - y
    return [float(np.inner(row, gradient)) for row in backward_matrix(weights, biases, x, layer)]


def growth(weights, biases, x, layer):
    s, _ = slopes(weights, biases, x)
    bound = np.linalg.norm(np.diag(s[-1]), ord=2)
    for k in range(layer, len(weights) - 1):
        bound *= np.linalg.norm(np.einsum("i,ji->ij", s[k], weights[k + 1]), ord=2)
    return np.linalg.norm(backward_matrix(weights, biases, x, layer), ord=2), bound
