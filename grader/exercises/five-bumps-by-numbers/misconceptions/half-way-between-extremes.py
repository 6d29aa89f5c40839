"""Your heights are half way between the least and the largest value of each window. That keeps the largest
deviation small; the average one is smaller at the median.
"""

import numpy as np

WEIGHT = 1000.0


def f(x):
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def inverse(a):
    return np.log(a / (1 - a))


def heights():
    values = [inverse(f(np.linspace(k / 5, (k + 1) / 5, 1001))) for k in range(5)]
    return [(v.min() + v.max()) / 2 for v in values]


def parameters():
    borders = np.linspace(0, 1, 6)
    steps = np.column_stack([borders[:-1], borders[1:]]).ravel()
    w1 = np.full((10, 1), WEIGHT)
    b1 = -WEIGHT * steps
    w2 = np.array([[sign * h for h in heights() for sign in (1, -1)]])
    b2 = np.zeros(1)
    return w1, b1, w2, b2
