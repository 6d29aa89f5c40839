"""Your heights are σ⁻¹(f(x)) at the middle of each window. With many windows this is near enough; with five, f
goes up and down within one, and its middle is not typical of it. Look at the whole window: the median has the
least mean distance.
"""

import numpy as np


def network(values, weight):
    n = len(values)
    borders = np.linspace(0, 1, n + 1)
    steps = np.column_stack([borders[:-1], borders[1:]]).ravel()
    w1 = np.full((2 * n, 1), weight)
    b1 = -weight * steps
    w2 = np.column_stack([values, np.negative(values)]).reshape(1, -1)
    return w1, b1, w2, np.zeros(1)


def goal(x):
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def sigmoid_inverse(a):
    return np.log(a / (1 - a))


def goal_heights(n):
    return sigmoid_inverse(goal((np.arange(n) + 0.5) / n))
