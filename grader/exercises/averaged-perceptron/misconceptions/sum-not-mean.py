"""Your w and b are sums over all steps. The plane is the same, but a mean is asked for: divide by epochs · m."""

import numpy as np


def train_averaged(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    sum_w, sum_b = np.zeros(x.shape[1]), 0.0
    for _ in range(epochs):
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
            sum_w = sum_w + w
            sum_b = sum_b + b
    return sum_w, sum_b
