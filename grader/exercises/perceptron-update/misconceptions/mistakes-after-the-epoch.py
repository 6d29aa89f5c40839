"""w and b are right; your counts say how many examples are still wrong after each epoch, with its last weights.
Count the mistakes as they are met, one for each update.
"""

import numpy as np


def train(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes = []
    for _ in range(epochs):
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
        mistakes.append(int(np.sum(y * (x @ w + b) <= 0)))
    return w, b, mistakes
