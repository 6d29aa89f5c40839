import numpy as np


def network(values, weight):
    # At a border the sum changes by the difference of two values: one neuron a border is enough.
    n = len(values)
    changes = np.diff(values, prepend=0.0)
    w1 = weight * np.ones((n, 1))
    return w1, -weight * np.arange(n) / n, changes[np.newaxis], np.array([0.0])


def f(x):
    return 0.2 + 0.4 * x * x + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)


def goal_heights(n):
    x = np.linspace(0, 1, 40 * n + 1)
    target = np.log(f(x)) - np.log1p(-f(x))
    k = np.minimum((x * n).astype(int), n - 1)
    return [float(target[k == i].mean()) for i in range(n)]
