"""Your loops meet each pair of elements twice, as (i, j) and as (j, i), and exchange it twice, so that a square
matrix comes out as it went in. And a matrix that is not square changes its shape. Fill a new array of shape (n,
m).
"""

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
    m, n = a.shape
    turned = a.copy()
    for i in range(m):
        for j in range(n):
            turned[i, j], turned[j, i] = turned[j, i], turned[i, j]
    return turned
