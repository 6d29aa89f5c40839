"""Your tanh is 2σ(z) − 1, which has its range and not its slope: it is tanh(z/2). tanh(z) is 2σ(2z) − 1, or
np.tanh(z).
"""

import numpy as np


def identity(z):
    return z


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def tanh(z):
    return 2 * sigmoid(z) - 1


def relu(z):
    return np.maximum(z, 0)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


FUNCTIONS = {"identity": identity, "sigmoid": sigmoid, "tanh": tanh, "relu": relu, "softmax": softmax}


def layers(weights, biases, x, activations):
    zs, acts = [], [x]
    for w, b, name in zip(weights, biases, activations):
        zs.append(acts[-1] @ w.T + b)
        acts.append(FUNCTIONS[name](zs[-1]))
    return zs, acts
