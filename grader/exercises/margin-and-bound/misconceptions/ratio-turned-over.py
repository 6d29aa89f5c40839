"""Your bound is (γ/R)², always below 1. A small margin makes many mistakes possible: γ stands below."""

import numpy as np


def margin(w, b, x, y):
    length = np.sqrt(w @ w + b**2)
    distances = y * (x @ w + b) / length
    return distances.min()


def mistake_bound(w, b, x, y):
    rows = np.hstack([x, np.ones((len(x), 1))])
    longest = np.linalg.norm(rows, axis=1).max()
    return (margin(w, b, x, y) / longest) ** 2
