"""Your margin is right, and your R is the length of the longest row without its 1. The rows of this theorem are
(x, 1), so that R² is ‖x‖² + 1.
"""

import numpy as np


def margin(w, b, x, y):
    length = np.sqrt(w @ w + b**2)
    distances = y * (x @ w + b) / length
    return distances.min()


def mistake_bound(w, b, x, y):
    longest = np.linalg.norm(x, axis=1).max()
    return (longest / margin(w, b, x, y)) ** 2
