import numpy as np


def train(x, y, epochs):
    rows = np.hstack([x, np.ones((len(x), 1))])
    v = np.zeros(rows.shape[1])
    history = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        for row, label in zip(rows, y):
            if np.sign(np.dot(v, row)) != label:
                v += label * row
                history[epoch] += 1
    return v[:-1], v[-1], history
