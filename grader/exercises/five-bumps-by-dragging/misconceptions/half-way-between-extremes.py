"""Your heights are half way between the least and the largest value of each window. That keeps the largest
deviation small; the average one is smaller where as much of the curve lies above a bump as below.
"""

import numpy as np


def f(x):
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def inverse(a):
    return np.log(a / (1 - a))


def heights():
    found = []
    for k in range(5):
        values = inverse(f(np.linspace(k / 5, (k + 1) / 5, 1001)))
        found.append((values.min() + values.max()) / 2)
    return found
