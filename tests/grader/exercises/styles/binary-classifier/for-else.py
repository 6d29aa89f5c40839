import numpy as np


def fit(x, y, most_epochs):
    rows = np.c_[x, np.ones(len(x))]
    v = np.zeros(rows.shape[1])
    mistakes = 0
    for epoch in range(1, most_epochs + 1):
        before = mistakes
        for row, label in zip(rows, y):
            if np.sign(v @ row) != label:
                v += label * row
                mistakes += 1
        if mistakes == before or epoch == most_epochs:
            return [v[:-1], v[-1:].sum(), mistakes, epoch]


def predict(w, b, x):
    return 2.0 * (np.dot(x, w) > -b) - 1.0
