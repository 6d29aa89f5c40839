"""Your weights change with every example, also where the margin is positive. Only a mistake changes them."""

import numpy as np


def train(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes = []
    for _ in range(epochs):
        count = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                count += 1
            w = w + y[i] * x[i]
            b = b + y[i]
        mistakes.append(count)
    return w, b, mistakes
