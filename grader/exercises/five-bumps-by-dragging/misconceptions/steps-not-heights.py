"""Your numbers are the changes from one bump to the next. A bump begins and ends at 0 by itself: give its
height above 0, whatever the one before.
"""

import numpy as np


def f(x):
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def inverse(a):
    return np.log(a / (1 - a))


def heights():
    values = [np.median(inverse(f(np.linspace(k / 5, (k + 1) / 5, 1001)))) for k in range(5)]
    return np.diff(values, prepend=0)
