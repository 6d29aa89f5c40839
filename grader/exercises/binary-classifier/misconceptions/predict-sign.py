"""Exactly on the plane your prediction is 0, as `np.sign` gives it. There is no such label; the answer there is
−1.
"""

import numpy as np


def fit(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes, epochs = 0, 0
    while epochs < most_epochs:
        wrong = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
                wrong += 1
        mistakes += wrong
        epochs += 1
        if wrong == 0:
            break
    return w, b, mistakes, epochs


def predict(w, b, x):
    return np.sign(x @ w + b)
