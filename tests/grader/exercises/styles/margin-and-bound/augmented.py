import numpy as np


def augmented(x):
    return np.c_[x, np.ones(x.shape[0])]


def margin(w, b, x, y):
    v = np.append(w, b)
    v = v / np.linalg.norm(v)
    return np.min(y * np.dot(augmented(x), v))


def mistake_bound(w, b, x, y):
    squares = np.einsum("ij,ij->i", augmented(x), augmented(x))
    return np.max(squares) * margin(w, b, x, y) ** -2
