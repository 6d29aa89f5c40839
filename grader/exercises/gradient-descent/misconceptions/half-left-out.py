"""Your path is right, and the costs are twice what they should be: the factor ½ is missing."""

import numpy as np


def descend(a, bottom, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate * a @ (w - bottom)
        path.append(w)
    path = np.array(path)
    costs = [(w - bottom) @ a @ (w - bottom) for w in path]
    return path, costs
