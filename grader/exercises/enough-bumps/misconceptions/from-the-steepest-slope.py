"""Your n follows from the steepest slope: a window of 1/n cannot have a larger range than slope/n. So many are
enough, and fewer may be, where f is less steep or turns: try them.
"""

import numpy as np


def values_within(x, y, a, b):
    """The values among which f's extremes in [a, b] are."""
    return np.concatenate([np.interp([a, b], x, y), y[(x >= a) & (x <= b)]])


def midrange_heights(x, y, n):
    borders = np.linspace(0, 1, n + 1)
    heights, errors = [], []
    for k in range(n):
        a, b = borders[k], borders[k + 1]
        values = values_within(x, y, a, b)
        low, high = values.min(), values.max()
        heights.append((low + high) / 2)
        errors.append((high - low) / 2)
    return np.array(heights), max(errors)


def enough_windows(x, y, epsilon):
    jumps = np.abs(np.diff(y))[np.diff(x) == 0]
    # However narrow, some window has the whole jump in it.
    if np.any(jumps / 2 >= epsilon):
        return None
    wide = np.diff(x) > 0
    slope = np.max(np.abs(np.diff(y)[wide] / np.diff(x)[wide]))
    return int(np.floor(slope / (2 * epsilon - jumps.max(initial=0)))) + 1
