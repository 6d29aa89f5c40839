import numpy as np


def difference_quotients(coefficients, x, h):
    p = np.poly1d(coefficients[::-1])
    return (p(x + h) - p(x - h)) / h / 2


def exact_slopes(coefficients, x):
    return np.poly1d(coefficients[::-1]).deriv()(x)
