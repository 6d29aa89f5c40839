"""The powers in your slopes are right, and each factor is 1 too small, so that the straight part has none at all.
Take care what your counter starts from: with c₁ the factor is 1, with c₂ it is 2.
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
    slopes = np.zeros(len(x))
    for k in range(1, len(coefficients)):
        slopes = slopes + (k - 1) * coefficients[k] * x ** (k - 1)
    return slopes
