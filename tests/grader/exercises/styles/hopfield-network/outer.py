import numpy as np


def hebbian(patterns):
    k, n = patterns.shape
    w = np.zeros((n, n))
    for p in patterns:
        w += np.outer(p, p)
    return (w - k * np.eye(n)) / n


def energy(weights, state):
    return -0.5 * np.sum(weights * np.outer(state, state))


def recall(weights, state, order):
    s = np.array(state, dtype=float)
    for i in order:
        h = np.dot(weights[:, i], s)
        s[i] = np.sign(h) if h else s[i]
    return s
