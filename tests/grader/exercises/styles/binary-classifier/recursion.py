import numpy as np


def epoch_of(w, b, x, y):
    wrong = 0
    for i in range(y.size):
        if (w * x[i]).sum() * y[i] + b * y[i] <= 0:
            w, b, wrong = w + np.float32(y[i]) * x[i].astype(np.float32), b + np.float32(y[i]), wrong + 1
    return w, b, wrong


def fit(x, y, most_epochs, state=None):
    w, b, mistakes, epochs = state or (np.zeros(x.shape[1], np.float32), np.float32(0), 0, 0)
    w, b, wrong = epoch_of(w, b, x, y)
    state = (w, b, mistakes + wrong, epochs + 1)
    return state if wrong == 0 or most_epochs == 1 else fit(x, y, most_epochs - 1, state)


def predict(w, b, x):
    labels = -np.ones(len(x), dtype=np.int8)
    labels[x @ w + b > 0] = 1
    return labels
