"""Your heights have the opposite sign: the inverse of σ is ln(f/(1 − f)), with f above. Where f is below ½ the
curve is below 0.
"""

import numpy as np


def f(x):
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def inverse(a):
    return np.log((1 - a) / a)


def heights():
    return [np.median(inverse(f(np.linspace(k / 5, (k + 1) / 5, 1001)))) for k in range(5)]
