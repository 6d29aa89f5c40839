"""Your bumps have no end: each window adds its value to those of all windows before. The second neuron of a
bump takes the value back at the window's right border, with the output weight −h.
"""

import numpy as np


def network(values, weight):
    n = len(values)
    borders = np.linspace(0, 1, n + 1)
    steps = np.column_stack([borders[:-1], borders[1:]]).ravel()
    w1 = np.full((2 * n, 1), weight)
    b1 = -weight * steps
    w2 = np.column_stack([values, np.zeros(n)]).reshape(1, -1)
    return w1, b1, w2, np.zeros(1)


def goal(x):
    return 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def sigmoid_inverse(a):
    return np.log(a / (1 - a))


def goal_heights(n):
    windows = [np.linspace(k / n, (k + 1) / n, 1001) for k in range(n)]
    # Of all heights, the median has the least mean distance to what it stands for.
    return np.array([np.median(sigmoid_inverse(goal(x))) for x in windows])
