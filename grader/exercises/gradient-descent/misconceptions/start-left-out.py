"""Your path begins with the place after the first step. The start belongs to it: steps + 1 places in all."""

import numpy as np


def descend(a, bottom, w, rate, steps):
    path = []
    for _ in range(steps):
        w = w - rate * a @ (w - bottom)
        path.append(w)
    path = np.array(path)
    costs = [(w - bottom) @ a @ (w - bottom) / 2 for w in path]
    return path, costs
