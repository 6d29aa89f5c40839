"""Your sums grow from element to element: the total is not set back to 0. Set it to 0 for each i and j, right
before the loop that adds up.
"""

import numpy as np


def matrix_product(a, b):
    m, k = a.shape
    n = b.shape[1]
    product = np.zeros((m, n))
    total = 0
    for i in range(m):
        for j in range(n):
            for p in range(k):
                total += a[i, p] * b[p, j]
            product[i, j] = total
    return product


def transpose(a):
    m, n = a.shape
    turned = np.zeros((n, m))
    for i in range(m):
        for j in range(n):
            turned[j, i] = a[i, j]
    return turned
