"""Your product is ba, not ab. The order counts, even where both fit: rows of the first, columns of the second."""

import numpy as np


def matrix_product(a, b):
    return b @ a


def transpose(a):
    m, n = a.shape
    turned = np.zeros((n, m))
    for i in range(m):
        for j in range(n):
            turned[j, i] = a[i, j]
    return turned
