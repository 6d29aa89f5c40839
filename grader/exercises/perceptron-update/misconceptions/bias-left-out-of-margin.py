"""Your bias is updated, but the margin that decides on a mistake is computed without it. It is y(w·x + b)."""

import numpy as np


def train(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes = []
    for _ in range(epochs):
        count = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i]) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes
