"""Your sums take w and b as they are before each example is looked at: the zeros of the start count, and what the
last example changed does not. Add after the `if`.
"""

import numpy as np


def train_averaged(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    sum_w, sum_b = np.zeros(x.shape[1]), 0.0
    for _ in range(epochs):
        for i in range(len(x)):
            sum_w = sum_w + w
            sum_b = sum_b + b
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
    steps = epochs * len(x)
    return sum_w / steps, sum_b / steps
