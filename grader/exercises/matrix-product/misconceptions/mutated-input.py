"""Your function writes into its argument, which the caller still needs. Fill an array of your own, and leave a and
b as they are.
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
    if m != n:
        return a.T
    for i in range(m):
        for j in range(i):
            a[i, j], a[j, i] = a[j, i], a[i, j]
    return a
