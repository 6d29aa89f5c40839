"""Your sums run over all epochs and are divided by m only, so that your means are too large by the number of
epochs. There are epochs · m steps.
"""

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
    steps = len(x)
    return sum_w / steps, sum_b / steps
