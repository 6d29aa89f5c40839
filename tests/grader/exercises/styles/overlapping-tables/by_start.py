def overlapping_tables(values, n, tables):
    # All windows from left to right, whichever table they belong to.
    last = 2 * tables * n
    edges, heights = [], []
    for start in range(1 - tables, tables * n):
        a, b = 2 * start, 2 * start + 2 * tables
        inside = [i for i in range(last + 1) if a <= i <= b]
        edges.append([a / last, b / last])
        heights.append(float(values[inside[len(inside) // 2]]) / tables)
    return edges, heights
