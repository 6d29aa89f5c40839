"""`descend` moves its argument `w` itself. Make a new array at each step: `w = w - …`."""

import numpy as np


def descend(a, bottom, w, rate, steps):
    path = [w.copy()]
    for _ in range(steps):
        w -= rate * a @ (w - bottom)
        path.append(w.copy())
    path = np.array(path)
    costs = [(w - bottom) @ a @ (w - bottom) / 2 for w in path]
    return path, costs
