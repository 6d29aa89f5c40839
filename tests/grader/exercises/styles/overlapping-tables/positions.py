import numpy as np


def overlapping_tables(values, n, tables):
    grid = np.linspace(0, 1, len(values))
    all_edges, all_heights = [], []
    for table in range(tables):
        starts = np.arange(n + 1) / n - table / (tables * n)
        if table == 0:
            starts = starts[:-1]
        edges = np.column_stack([starts, starts + 1 / n])
        middles = np.clip(edges, 0, 1).mean(axis=1)
        all_edges.append(edges)
        all_heights.append(np.interp(middles, grid, values) / tables)
    return np.concatenate(all_edges), np.concatenate(all_heights)
