"""Your slopes are too large by c₀ at every point. The constant lifts the whole curve and doesn't tilt it: its
slope is 0.
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
    slopes = np.full(len(x), coefficients[0])
    for k in range(1, len(coefficients)):
        slopes = slopes + k * coefficients[k] * x ** (k - 1)
    return slopes
