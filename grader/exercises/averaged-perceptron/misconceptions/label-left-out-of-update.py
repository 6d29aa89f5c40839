"""Your update adds x without its label, so that a mistake on an example of −1 pulls w toward it. Add y·x to w."""

import numpy as np


def train_averaged(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    sum_w, sum_b = np.zeros(x.shape[1]), 0.0
    for _ in range(epochs):
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + x[i]
                b = b + y[i]
            sum_w = sum_w + w
            sum_b = sum_b + b
    steps = epochs * len(x)
    return sum_w / steps, sum_b / steps
