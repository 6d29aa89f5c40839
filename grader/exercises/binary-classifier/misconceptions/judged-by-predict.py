"""Your mistakes are found by comparing labels, where an example exactly on the plane counts as −1. Then at the
start no example of −1 is a mistake. On the plane no answer is right: a mistake is a margin y(w·x + b) ≤ 0.
"""

import numpy as np


def fit(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes, epochs = 0, 0
    while epochs < most_epochs:
        wrong = 0
        for i in range(len(x)):
            if predict(w, b, x[i]) != y[i]:
                w = w + y[i] * x[i]
                b = b + y[i]
                wrong += 1
        mistakes += wrong
        epochs += 1
        if wrong == 0:
            break
    return w, b, mistakes, epochs


def predict(w, b, x):
    return np.where(x @ w + b > 0, 1, -1)
