"""Your softmax divides by the sum over the whole batch, so that all rows together sum to 1. Sum each row by
itself: `axis=1, keepdims=True`.
"""

import numpy as np


def identity(z):
    return z


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0)


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


FUNCTIONS = {"identity": identity, "sigmoid": sigmoid, "tanh": np.tanh, "relu": relu, "softmax": softmax}


def layers(weights, biases, x, activations):
    zs, acts = [], [x]
    for w, b, name in zip(weights, biases, activations):
        zs.append(acts[-1] @ w.T + b)
        acts.append(FUNCTIONS[name](zs[-1]))
    return zs, acts
