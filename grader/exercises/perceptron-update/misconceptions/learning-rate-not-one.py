"""Your mistakes are the right ones, and w and b are a tenth of what they should be: a learning rate of 0.1
stands before the update. The step here is 1.
"""

import numpy as np


def train(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes = []
    for _ in range(epochs):
        count = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + 0.1 * y[i] * x[i]
                b = b + 0.1 * y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes
