import numpy as np


def matrix_product(a, b):
    return np.dot(a.astype(np.float32), b.astype(np.float32))


def transpose(a):
    return np.swapaxes(a, 0, 1)
