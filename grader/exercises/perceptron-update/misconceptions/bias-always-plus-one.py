"""Your bias grows by 1 with every mistake, whatever the label. It moves by y: up for +1, down for −1."""

import numpy as np


def train(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes = []
    for _ in range(epochs):
        count = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                b = b + 1
                count += 1
        mistakes.append(count)
    return w, b, mistakes
