"""Your predictions name the wrong sides: −1 where w·x + b is positive. There the answer is +1."""

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
    return np.where(x @ w + b > 0, -1, 1)
