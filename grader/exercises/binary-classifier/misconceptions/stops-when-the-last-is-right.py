"""Your loop ends when the last example of an epoch was right, though others before it were not: each example
overwrites what the flag said before. Set it at the epoch's start, and let a mistake only change it.
"""

import numpy as np


def fit(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes, epochs = 0, 0
    while epochs < most_epochs:
        wrong = 0
        clean = True
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
                wrong += 1
                clean = False
            else:
                clean = True
        mistakes += wrong
        epochs += 1
        if clean:
            break
    return w, b, mistakes, epochs


def predict(w, b, x):
    return np.where(x @ w + b > 0, 1, -1)
