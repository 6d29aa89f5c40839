"""Your transpose gives a back as it came. Its rows have to become columns: what stood at (i, j) stands at (j, i)."""

import numpy as np


def matrix_product(a, b):
    m, k = a.shape
    n = b.shape[1]
    product = np.zeros((m, n))
    for i in range(m):
        for j in range(n):
            for p in range(k):
                product[i, j] += a[i, p] * b[p, j]
    return product


def transpose(a):
    return a.copy()
