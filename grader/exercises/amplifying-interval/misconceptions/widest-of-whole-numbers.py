"""Your `widest` tries whole numbers only, and finds 7. The top lies a little before it; search in finer steps
around it.
"""

import numpy as np


def width(w):
    size = abs(w)
    if size < 4:
        return 0.0
    s = (1 + np.sqrt(1 - 4 / size)) / 2
    return 2 * np.log(s / (1 - s)) / size


def interval(w, b):
    if abs(w) < 4:
        return None
    middle, half = -b / w, width(w) / 2
    return middle - half, middle + half


def widest():
    best = max(range(4, 21), key=width)
    return best, width(best)
