"""Every layer of yours has the activation of the first one. `activations` names one a layer: take the layer's own
entry.
"""

import numpy as np


def identity(z):
    return z


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


FUNCTIONS = {"identity": identity, "sigmoid": sigmoid, "tanh": np.tanh, "relu": relu, "softmax": softmax}


def layers(weights, biases, x, activations):
    zs, acts = [], [x]
    for w, b in zip(weights, biases):
        zs.append(acts[-1] @ w.T + b)
        acts.append(FUNCTIONS[activations[0]](zs[-1]))
    return zs, acts
