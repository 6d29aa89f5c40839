"""Your heights are f(x) at the middle of each window. The output neuron applies σ to the weighted sum, so that
the output would be σ(f(x)): the heights have to follow σ⁻¹(f(x)), the logarithm of f/(1 − f).
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
    return goal((np.arange(n) + 0.5) / n)
