"""You multiply rows of a with rows of b, as `np.inner` does; the shapes then don't fit, and with square matrices
the result is that of b transposed. The second factor goes by its columns: the inner index comes first in `b[p,
j]`.
"""

import numpy as np


def matrix_product(a, b):
    m, k = a.shape
    n = b.shape[1]
    product = np.zeros((m, n))
    for i in range(m):
        for j in range(n):
            for p in range(k):
                product[i, j] += a[i, p] * b[j, p]
    return product


def transpose(a):
    m, n = a.shape
    turned = np.zeros((n, m))
    for i in range(m):
        for j in range(n):
            turned[j, i] = a[i, j]
    return turned
