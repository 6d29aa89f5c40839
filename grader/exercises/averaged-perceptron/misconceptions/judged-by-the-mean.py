"""Your mistakes are judged with the mean weights, so that your path is another one. The rule looks at the weights
of the moment; the mean is only formed beside it.
"""

import numpy as np


def train_averaged(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    sum_w, sum_b = np.zeros(x.shape[1]), 0.0
    for _ in range(epochs):
        for i in range(len(x)):
            if y[i] * (sum_w @ x[i] + sum_b) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
            sum_w = sum_w + w
            sum_b = sum_b + b
    steps = epochs * len(x)
    return sum_w / steps, sum_b / steps
