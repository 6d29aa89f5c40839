"""Your heights are means over each window. That is a good choice too, but the statement asks for the value in the
middle, to which the checks hold them.
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
            edges.append((left / last, right / last))
            heights.append(np.mean(values[max(left, 0) : right + 1]) / tables)
    return np.array(edges), np.array(heights)
