"""Your heights are taken at five points from 0 to 1, ends included: they lie 0.25 apart, while the windows are
0.2 wide. Only the third point is in the middle of its window.
"""

import numpy as np


def f(x):
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def inverse(a):
    return np.log(a / (1 - a))


def heights():
    return inverse(f(np.linspace(0, 1, 5)))
