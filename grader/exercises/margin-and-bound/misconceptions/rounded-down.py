"""Your bound is rounded to a whole number. The number of mistakes is a whole one; the bound is asked for as it is."""

import numpy as np


def margin(w, b, x, y):
    length = np.sqrt(w @ w + b**2)
    distances = y * (x @ w + b) / length
    return distances.min()


def mistake_bound(w, b, x, y):
    rows = np.hstack([x, np.ones((len(x), 1))])
    longest = np.linalg.norm(rows, axis=1).max()
    return np.floor((longest / margin(w, b, x, y)) ** 2)
