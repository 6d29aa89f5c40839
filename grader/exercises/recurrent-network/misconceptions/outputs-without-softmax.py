"""Your outputs are the sums in front of the softmax. Probabilities are positive, and those of one step sum to 1."""

import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def recurrent_forward(x, u, w, b, v, c):
    m, steps, _ = x.shape
    h = np.zeros((m, steps + 1, len(b)))
    for t in range(steps):
        h[:, t + 1] = np.tanh(x[:, t] @ u + h[:, t] @ w + b)
    return h, h[:, 1:] @ v + c
