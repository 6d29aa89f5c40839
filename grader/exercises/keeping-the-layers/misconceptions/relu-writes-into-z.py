"""Behind relu your weighted inputs have no negative values left: `z[z < 0] = 0` writes into the very array that
`zs` keeps. Make a new one, as np.maximum(z, 0) does; the slope of relu is read off z later.
"""

import numpy as np


def identity(z):
    return z


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    z[z < 0] = 0
    return z


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


FUNCTIONS = {"identity": identity, "sigmoid": sigmoid, "tanh": np.tanh, "relu": relu, "softmax": softmax}


def layers(weights, biases, x, activations):
    zs, acts = [], [x]
    for w, b, name in zip(weights, biases, activations):
        zs.append(acts[-1] @ w.T + b)
        acts.append(FUNCTIONS[name](zs[-1]))
    return zs, acts
