"""Your w and b are the last ones, as the plain perceptron gives them. Add up w and b after each example, and
return the sums divided by the number of steps.
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
    steps = epochs * len(x)
    return w, b
