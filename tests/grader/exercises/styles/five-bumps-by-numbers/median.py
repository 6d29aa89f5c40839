import numpy as np


def target(x):
    f = 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(50 * x)
    return np.log(f) - np.log(1 - f)


def parameters():
    w1 = np.full((10, 1), 2000.0)
    b1, w2 = np.empty(10), np.empty((1, 10))
    for k in range(5):
        left, right = k / 5, (k + 1) / 5
        h = np.median(target(np.linspace(left, right, 500)))
        b1[2 * k], b1[2 * k + 1] = -2000 * left, -2000 * right
        w2[0, 2 * k], w2[0, 2 * k + 1] = h, -h
    return [w1, b1, w2, np.array([0.0])]
