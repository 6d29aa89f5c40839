"""Your exact slopes come from a difference quotient. Far out, x + h and x − h are the same number to the computer,
and their difference is 0. Bring each power down instead: the slope of cₖxᵏ is k·cₖxᵏ⁻¹.
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
    return difference_quotients(coefficients, x, 1e-5)
