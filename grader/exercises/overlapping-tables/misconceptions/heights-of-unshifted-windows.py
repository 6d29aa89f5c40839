"""Your edges are shifted and your heights are not: each table takes the values in the middle of table 0's windows.
A height belongs to its own window's middle.
"""

import numpy as np


def overlapping_tables(values, n, tables):
    last = len(values) - 1
    edges, heights = [], []
    for t in range(tables):
        for k in range(n + (t > 0)):
            # In steps of the grid, in which a window is 2M wide: everything is a whole number.
            left = 2 * (tables * k - t)
            right = left + 2 * tables
            middle = min(2 * tables * k + tables, last)
            edges.append((left / last, right / last))
            heights.append(values[middle] / tables)
    return np.array(edges), np.array(heights)
