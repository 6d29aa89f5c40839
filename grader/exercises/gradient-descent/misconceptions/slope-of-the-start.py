"""Every step of yours is the same: the slope is computed once, at the start. It changes with w; compute it anew
in each step.
"""

import numpy as np


def descend(a, bottom, w, rate, steps):
    path = [w]
    slope = a @ (w - bottom)
    for _ in range(steps):
        w = w - rate * slope
        path.append(w)
    path = np.array(path)
    costs = [(w - bottom) @ a @ (w - bottom) / 2 for w in path]
    return path, costs
