"""Your quotients are twice the slope. From x − h to x + h it is 2h, and that is what the difference is divided by."""

import numpy as np


def polynomial(coefficients, x):
    value = np.zeros(len(x))
    for k, c in enumerate(coefficients):
        value = value + c * x**k
    return value


def difference_quotients(coefficients, x, h):
    return (polynomial(coefficients, x + h) - polynomial(coefficients, x - h)) / h


def exact_slopes(coefficients, x):
    slopes = np.zeros(len(x))
    for k in range(1, len(coefficients)):
        slopes = slopes + k * coefficients[k] * x ** (k - 1)
    return slopes
