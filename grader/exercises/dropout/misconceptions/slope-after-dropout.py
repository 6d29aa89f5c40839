"""Your gradients take σ′ = a(1 − a) of the activations after dropout, where they are 0 or scaled. σ′ belongs to the
neuron itself: use a as it was before.
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
        inputs.append(drop_forward(a, kept[layer], drop, True) if layer < len(kept) else a)
    delta = (inputs[-1] - y) / len(x)
    nabla_w, nabla_b = [], []
    for layer in reversed(range(len(weights))):
        nabla_w.insert(0, delta.T @ inputs[layer])
        nabla_b.insert(0, delta.sum(axis=0))
        if layer > 0:
            delta = drop_backward(delta @ weights[layer], kept[layer - 1], drop) * inputs[layer] * (1 - inputs[layer])
    return nabla_w, nabla_b
