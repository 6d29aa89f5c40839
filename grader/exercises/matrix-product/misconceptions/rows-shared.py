"""All rows of your product are the same: `[[0.0] * n] * m` holds one list m times, so that what is added to one
row is added to all. Make each row anew: `[[0.0] * n for _ in range(m)]`.
"""

import numpy as np


def matrix_product(a, b):
    m, k = a.shape
    n = b.shape[1]
    product = [[0.0] * n] * m
    for i in range(m):
        for j in range(n):
            for p in range(k):
                product[i][j] += a[i, p] * b[p, j]
    return product


def transpose(a):
    m, n = a.shape
    turned = np.zeros((n, m))
    for i in range(m):
        for j in range(n):
            turned[j, i] = a[i, j]
    return turned
