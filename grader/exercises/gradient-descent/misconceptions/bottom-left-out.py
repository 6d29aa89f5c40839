"""Your path heads for the origin: the slope is taken as A·w. It is A(w − w*), which is 0 at the bottom."""

import numpy as np


def descend(a, bottom, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate * a @ w
        path.append(w)
    path = np.array(path)
    costs = [(w - bottom) @ a @ (w - bottom) / 2 for w in path]
    return path, costs
