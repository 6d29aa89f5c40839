"""Your function writes into its argument: `x += h` moves the caller's own points. Write `x + h`, which makes a new
array.
"""

import numpy as np


def polynomial(coefficients, x):
    value = np.zeros(len(x))
    for k, c in enumerate(coefficients):
        value = value + c * x**k
    return value


def difference_quotients(coefficients, x, h):
    x += h
    right = polynomial(coefficients, x)
    x -= 2 * h
    left = polynomial(coefficients, x)
    return (right - left) / (2 * h)


def exact_slopes(coefficients, x):
    slopes = np.zeros(len(x))
    for k in range(1, len(coefficients)):
        slopes = slopes + k * coefficients[k] * x ** (k - 1)
    return slopes
