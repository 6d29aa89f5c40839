import numpy as np


def train_averaged(x, y, epochs):
    rows = np.hstack([x, np.ones((len(x), 1))])
    v = np.zeros(rows.shape[1])
    history = []
    for _ in range(epochs):
        for row, label in zip(rows, y):
            if label * np.dot(v, row) <= 0:
                v += label * row
            history.append(v.copy())
    mean = np.mean(history, axis=0)
    return mean[:-1], mean[-1]
