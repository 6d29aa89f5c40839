"""Both functions read the coefficients from the highest power on, as `np.polyval` does. Here the constant comes
first: reverse them, or use `enumerate`, which counts the powers from 0.
"""

import numpy as np


def polynomial(coefficients, x):
    return np.polyval(coefficients, x)


def difference_quotients(coefficients, x, h):
    return (polynomial(coefficients, x + h) - polynomial(coefficients, x - h)) / (2 * h)


def exact_slopes(coefficients, x):
    return np.polyval(np.polyder(coefficients), x)
