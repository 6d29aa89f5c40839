"""Your weights change with every example, also where the margin is positive. Only a mistake changes them; what
happens after each example is the adding up.
"""

import numpy as np


def train_averaged(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    sum_w, sum_b = np.zeros(x.shape[1]), 0.0
    for _ in range(epochs):
        for i in range(len(x)):
            w = w + y[i] * x[i]
            b = b + y[i]
            sum_w = sum_w + w
            sum_b = sum_b + b
    steps = epochs * len(x)
    return sum_w / steps, sum_b / steps
