"""Your heights are σ⁻¹(f(x)) at the middle of each window. f goes up and down within one, and its middle is not
typical of it: at 0.3 and 0.7 the curve is at its lowest. Let as much of the curve lie above a bump as below.
"""

import numpy as np


def f(x):
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def inverse(a):
    return np.log(a / (1 - a))


def heights():
    return inverse(f(np.array([0.1, 0.3, 0.5, 0.7, 0.9])))
