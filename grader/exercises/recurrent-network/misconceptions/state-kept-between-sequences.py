"""Your first sequence is right, and each later one begins where the one before ended. Every sequence starts from a
state of zeros.
"""

import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def recurrent_forward(x, u, w, b, v, c):
    m, steps, _ = x.shape
    h = np.zeros((m, steps + 1, len(b)))
    last = np.zeros(len(b))
    for i in range(m):
        for t in range(steps):
            last = np.tanh(x[i, t] @ u + last @ w + b)
            h[i, t + 1] = last
    return h, softmax(h[:, 1:] @ v + c)
