import numpy as np


def cycle(x, y, most_epochs):
    rows = np.hstack([x, np.ones((len(x), 1), dtype=int)])
    v = np.zeros(rows.shape[1], dtype=int)
    table = np.zeros((most_epochs + 1, len(v)), dtype=int)
    for t in range(most_epochs):
        wrong = 0
        for row, label in zip(rows, y):
            if np.sign(v @ row) != label:
                v = v + label * row
                wrong += 1
        if wrong == 0:
            return np.array([t, 0])
        earlier = np.flatnonzero((table[: t + 1] == v).all(axis=1))
        if len(earlier) > 0:
            return np.array([earlier[0], t + 1 - earlier[0]])
        table[t + 1] = v
    return None
