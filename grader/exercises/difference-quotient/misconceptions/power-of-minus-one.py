"""Your slopes are nan where x is 0. The sum begins with k = 0, and its 0 · x⁻¹ asks for 1/0 there. The constant
has no slope: begin with k = 1.
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
    for k in range(len(coefficients)):
        slopes = slopes + k * coefficients[k] * x ** (k - 1)
    return slopes
