"""Each element of your product is only the last of its products, as each one overwrites the one before. Add them
up: += where = stands.
"""

import numpy as np


def matrix_product(a, b):
    m, k = a.shape
    n = b.shape[1]
    product = np.zeros((m, n))
    for i in range(m):
        for j in range(n):
            for p in range(k):
                product[i, j] = a[i, p] * b[p, j]
    return product


def transpose(a):
    m, n = a.shape
    turned = np.zeros((n, m))
    for i in range(m):
        for j in range(n):
            turned[j, i] = a[i, j]
    return turned
