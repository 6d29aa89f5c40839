import numpy as np


def matrix_product(a, b):
    """Columns of a times rows of b, one matrix for each pair, added up."""
    return np.sum([np.outer(column, row) for column, row in zip(a.T, b)], axis=0)


def transpose(a):
    return np.column_stack(list(a))
