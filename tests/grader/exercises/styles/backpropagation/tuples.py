import numpy as np


def backprop(weights, biases, x, y):
    acts = (x,)
    for w, b in zip(weights, biases):
        acts += (1 / (1 + np.exp(-(acts[-1] @ w.T + b))),)
    deltas = ((acts[-1] - y) * acts[-1] * (1 - acts[-1]),)
    for w, a in zip(weights[:0:-1], acts[-2:0:-1]):
        deltas = ((deltas[0] @ w) * a * (1 - a), *deltas)
    return (
        tuple(np.mean(d[:, :, None] * a[:, None, :], axis=0) for d, a in zip(deltas, acts)),
        tuple(np.mean(d, axis=0) for d in deltas),
    )
