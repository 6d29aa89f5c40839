"""Your R is the largest number in the examples. It is a length: the root of a row's sum of squares, of the row
where that is largest.
"""

import numpy as np


def margin(w, b, x, y):
    length = np.sqrt(w @ w + b**2)
    distances = y * (x @ w + b) / length
    return distances.min()


def mistake_bound(w, b, x, y):
    rows = np.hstack([x, np.ones((len(x), 1))])
    longest = np.abs(rows).max()
    return (longest / margin(w, b, x, y)) ** 2
