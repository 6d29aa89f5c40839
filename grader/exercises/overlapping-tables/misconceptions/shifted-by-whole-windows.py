"""Your tables are shifted by whole windows, so that their edges fall on the same places again. One M-th of a window
is 1/(Mn).
"""

import numpy as np


def overlapping_tables(values, n, tables):
    last = len(values) - 1
    edges, heights = [], []
    for t in range(tables):
        for k in range(n + (t > 0)):
            # In steps of the grid, in which a window is 2M wide: everything is a whole number.
            left = 2 * tables * (k - t)
            right = left + 2 * tables
            middle = (max(left, 0) + max(min(right, last), 0)) // 2
            edges.append((left / last, right / last))
            heights.append(values[middle] / tables)
    return np.array(edges), np.array(heights)
