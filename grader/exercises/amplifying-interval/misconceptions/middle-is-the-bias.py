"""Your interval lies around −b. The slope is largest where wa + b = 0; solve that for a, which brings the
weight into the denominator.
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
    middle, half = -b, width(w) / 2
    return middle - half, middle + half


def widest():
    # The width rises to one top and falls from there: of three parts, the one behind the lower point holds none of it.
    low, high = 4.0, 20.0
    while high - low > 1e-6:
        third = (high - low) / 3
        if width(low + third) < width(high - third):
            low += third
        else:
            high -= third
    return low, width(low)
