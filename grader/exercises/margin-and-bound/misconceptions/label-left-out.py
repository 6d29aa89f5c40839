"""Your margin has no labels in it: examples of −1 on their own side come out negative. Multiply each w·x + b by
its y.
"""

import numpy as np


def margin(w, b, x, y):
    length = np.sqrt(w @ w + b**2)
    distances = (x @ w + b) / length
    return distances.min()


def mistake_bound(w, b, x, y):
    rows = np.hstack([x, np.ones((len(x), 1))])
    longest = np.linalg.norm(rows, axis=1).max()
    return (longest / margin(w, b, x, y)) ** 2
