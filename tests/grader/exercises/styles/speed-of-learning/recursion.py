import numpy as np


def back(weights, biases, a, y):
    """Errors from this layer's input on: the first is that of a, times the slope still missing."""
    if not weights:
        return [a - y]
    out = np.tanh((a @ weights[0].T + biases[0]) / 2) / 2 + 0.5
    after = back(weights[1:], biases[1:], out, y)
    if len(weights) > 1:
        after[0] = after[0] * out * (1 - out)
    return [after[0] @ weights[0], *after]


def layer_norms(weights, biases, x, y):
    _, *hidden, _ = back(weights, biases, x, y)
    return tuple(float(np.linalg.norm(np.einsum("mi->i", d) / len(x))) for d in hidden)
