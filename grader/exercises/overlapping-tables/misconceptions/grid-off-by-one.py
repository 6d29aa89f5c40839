"""Your grid counts as many steps as values. There is one step less, as both ends are points of the grid: value i
lies at i/(len − 1).
"""

import numpy as np


def overlapping_tables(values, n, tables):
    last = len(values)
    edges, heights = [], []
    for t in range(tables):
        for k in range(n + (t > 0)):
            # In steps of the grid, in which a window is 2M wide: everything is a whole number.
            left = 2 * (tables * k - t)
            right = left + 2 * tables
            middle = (max(left, 0) + min(right, last - 1)) // 2
            edges.append((left / last, right / last))
            heights.append(values[middle] / tables)
    return np.array(edges), np.array(heights)
