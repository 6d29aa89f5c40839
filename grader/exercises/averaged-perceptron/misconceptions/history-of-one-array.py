"""Your b is right and your w is the last one instead of the mean. `w += …` changes an array in place, and a list
that holds it a hundred times holds a hundred times its last state. Append `w.copy()`, or write `w = w + …`, which
makes a new array.
"""

import numpy as np


def train_averaged(x, y, epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    all_w, all_b = [], []
    for _ in range(epochs):
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w += y[i] * x[i]
                b = b + y[i]
            all_w.append(w)
            all_b.append(b)
    return np.mean(all_w, axis=0), np.mean(all_b)
