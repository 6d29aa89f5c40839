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
    n = 1
    while midrange_heights(x, y, n)[1] >= epsilon:
        n += 1
    return n
