"""Your gradients are those of the network without dropout. Put it behind every hidden layer, on both ways."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def drop_forward(a, kept, drop, training):
    return a * kept / (1 - drop) if training else a


def drop_backward(da, kept, drop):
    return da * kept / (1 - drop)


def drop_gradients(weights, biases, x, y, kept, drop):
    inputs, slopes = [x], []
    for w, b in zip(weights, biases):
        a = sigmoid(inputs[-1] @ w.T + b)
        slopes.append(a * (1 - a))
        inputs.append(a)
    delta = (inputs[-1] - y) / len(x)
    nabla_w, nabla_b = [], []
    for layer in reversed(range(len(weights))):
        nabla_w.insert(0, delta.T @ inputs[layer])
        nabla_b.insert(0, delta.sum(axis=0))
        if layer > 0:
            delta = (delta @ weights[layer]) * slopes[layer - 1]
    return nabla_w, nabla_b
