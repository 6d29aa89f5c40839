"""You take the smaller of the two solutions for σ, whose z is negative: your width is below 0. Both solutions
lie equally far from ½; the larger one is the upper end.
"""

import numpy as np


def width(w):
    size = abs(w)
    if size < 4:
        return 0.0
    s = (1 - np.sqrt(1 - 4 / size)) / 2
    return 2 * np.log(s / (1 - s)) / size


def interval(w, b):
    if abs(w) < 4:
        return None
    middle, half = -b / w, width(w) / 2
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
