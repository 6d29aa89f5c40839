"""Your weights stay zero. At the start every margin y(w·x + b) is exactly 0, and with < 0 none of them counts as
a mistake, so that learning never begins. A margin of 0 is a mistake: use <= 0.
"""

import numpy as np


def train(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes = []
    for _ in range(epochs):
        count = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) < 0:
                w = w + y[i] * x[i]
                b = b + y[i]
                count += 1
        mistakes.append(count)
    return w, b, mistakes
