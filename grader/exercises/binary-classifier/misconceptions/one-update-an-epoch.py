"""Your epoch judges all examples with the weights from its start and corrects at its end. The perceptron corrects
at once: each example is judged with the weights that the one before has left.
"""

import numpy as np


def fit(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes, epochs = 0, 0
    while epochs < most_epochs:
        missed = y * (x @ w + b) <= 0
        w = w + y[missed] @ x[missed]
        b = b + y[missed].sum()
        wrong = int(missed.sum())
        mistakes += wrong
        epochs += 1
        if wrong == 0:
            break
    return w, b, mistakes, epochs


def predict(w, b, x):
    return np.where(x @ w + b > 0, 1, -1)
