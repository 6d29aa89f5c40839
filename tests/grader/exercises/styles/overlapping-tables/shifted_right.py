import numpy as np


def overlapping_tables(values, n, tables):
    # Shifting to the right, with one more window on the left, gives the same windows.
    step = 1 / (tables * n)
    starts = [k / n for k in range(n)]
    for table in range(1, tables):
        starts += [table * step + (k - 1) / n for k in range(n + 1)]
    starts = np.array(starts)
    ends = starts + 1 / n
    centers = (np.maximum(starts, 0) + np.minimum(ends, 1)) / 2
    index = np.round(centers * (len(values) - 1)).astype(int)
    return (np.stack([starts, ends], axis=1), values[index] / tables)
