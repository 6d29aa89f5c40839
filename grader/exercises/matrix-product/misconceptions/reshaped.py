"""Your transpose has the right shape, with the numbers in the order in which they stood: `reshape` cuts the same
sequence into other rows. A transpose turns each row into a column: `a.T`.
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
    return a.reshape(n, m)
