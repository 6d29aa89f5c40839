"""σ′ is 1 / (2 + 2 cosh z)."""

import numpy as np

grid = np.arange(4, 20, 0.002)


def width(w):
    return 0 if abs(w) < 4 else 2 * np.arccosh(abs(w) / 2 - 1) / abs(w)


def interval(w, b):
    if w**2 < 16:
        return None
    ends = np.array([-1, 1]) * np.arccosh(abs(w) / 2 - 1) - b
    return np.sort(ends / w)


def widest():
    across = 2 * np.arccosh(grid / 2 - 1) / grid
    return grid[across.argmax()], across.max()
