import numpy as np


def difference_quotients(coefficients, x, h):
    """The central difference quotient of the polynomial at each of the points x."""
    raise NotImplementedError("write difference_quotients here")


def exact_slopes(coefficients, x):
    """The derivative of the polynomial at each of the points x."""
    raise NotImplementedError("write exact_slopes here")
