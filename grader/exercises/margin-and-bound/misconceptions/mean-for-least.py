"""Your margin is the mean of the distances. The example closest to the plane decides: take the least."""

import numpy as np


def margin(w, b, x, y):
    length = np.sqrt(w @ w + b**2)
    distances = y * (x @ w + b) / length
    return distances.mean()


def mistake_bound(w, b, x, y):
    rows = np.hstack([x, np.ones((len(x), 1))])
    longest = np.linalg.norm(rows, axis=1).max()
    return (longest / margin(w, b, x, y)) ** 2
