"""You multiply columns of a with columns of b: the index that you sum over comes first in both. In a it comes
second, `a[i, p]`, as a row of a runs along its second axis.
"""

import numpy as np


def matrix_product(a, b):
    m, k = a.shape
    n = b.shape[1]
    product = np.zeros((m, n))
    for i in range(m):
        for j in range(n):
            for p in range(k):
                product[i, j] += a[p, i] * b[p, j]
    return product


def transpose(a):
    m, n = a.shape
    turned = np.zeros((n, m))
    for i in range(m):
        for j in range(n):
            turned[j, i] = a[i, j]
    return turned
