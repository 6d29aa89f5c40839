"""Your tables all begin at 0 and are longer by one window, but none is shifted. Table t begins t/M of a window to
the left of 0.
"""

import numpy as np


def overlapping_tables(values, n, tables):
    last = len(values) - 1
    edges, heights = [], []
    for t in range(tables):
        for k in range(n + (t > 0)):
            # In steps of the grid, in which a window is 2M wide: everything is a whole number.
            left = 2 * tables * k
            right = left + 2 * tables
            middle = (max(left, 0) + min(right, last)) // 2
            edges.append((left / last, right / last))
            heights.append(values[middle] / tables)
    return np.array(edges), np.array(heights)
