"""`a * b` multiplies element by element: where the shapes fit, no sum is formed, and where they don't, numpy
complains. The product takes rows times columns: `a @ b`, or a sum over p for each i and j.
"""

import numpy as np


def matrix_product(a, b):
    return a * b


def transpose(a):
    m, n = a.shape
    turned = np.zeros((n, m))
    for i in range(m):
        for j in range(n):
            turned[j, i] = a[i, j]
    return turned
