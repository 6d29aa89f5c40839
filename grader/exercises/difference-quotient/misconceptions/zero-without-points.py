"""For a constant your slopes are a single 0. There is one for each point: start the sum from an array of zeros,
one a point.
"""

import numpy as np


def polynomial(coefficients, x):
    value = np.zeros(len(x))
    for k, c in enumerate(coefficients):
        value = value + c * x**k
    return value


def difference_quotients(coefficients, x, h):
    return (polynomial(coefficients, x + h) - polynomial(coefficients, x - h)) / (2 * h)


def exact_slopes(coefficients, x):
    slopes = 0.0
    for k in range(1, len(coefficients)):
        slopes = slopes + k * coefficients[k] * x ** (k - 1)
    return slopes
