"""Your way back asks for a `kept` that is not there: one place too late. `kept[0]` belongs to the first hidden
layer, whose weights are `weights[0]`; the δ that comes back through `weights[layer]` belongs to `kept[layer - 1]`.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def drop_forward(a, kept, drop, training):
    return a * kept / (1 - drop) if training else a


def drop_backward(da, kept, drop):
    return da * kept / (1 - drop)


def drop_gradients(weights, biases, x, y, kept, drop):
    inputs, slopes = [x], []
    for layer, (w, b) in enumerate(zip(weights, biases)):
        a = sigmoid(inputs[-1] @ w.T + b)
        slopes.append(a * (1 - a))
        inputs.append(drop_forward(a, kept[layer], drop, True) if layer < len(kept) else a)
    delta = (inputs[-1] - y) / len(x)
    nabla_w, nabla_b = [], []
    for layer in reversed(range(len(weights))):
        nabla_w.insert(0, delta.T @ inputs[layer])
        nabla_b.insert(0, delta.sum(axis=0))
        if layer > 0:
            delta = drop_backward(delta @ weights[layer], kept[layer], drop) * slopes[layer - 1]
    return nabla_w, nabla_b
