"""Your quotient goes from x to x + h: its gap to the slope shrinks only as fast as h itself. Step to both sides,
from x − h to x + h, and divide by 2h; then a step ten times smaller leaves a hundredth of the gap.
"""

import numpy as np


def polynomial(coefficients, x):
    value = np.zeros(len(x))
    for k, c in enumerate(coefficients):
        value = value + c * x**k
    return value


def difference_quotients(coefficients, x, h):
    return (polynomial(coefficients, x + h) - polynomial(coefficients, x)) / h


def exact_slopes(coefficients, x):
    slopes = np.zeros(len(x))
    for k in range(1, len(coefficients)):
        slopes = slopes + k * coefficients[k] * x ** (k - 1)
    return slopes
