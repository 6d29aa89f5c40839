"""Every row of your path is the last place. `w -= …` moves the one array that all entries of the list are; keep a
copy of it, or make a new one at each step.
"""

import numpy as np


def descend(a, bottom, w, rate, steps):
    w = w.copy()
    path = [w]
    for _ in range(steps):
        w -= rate * a @ (w - bottom)
        path.append(w)
    path = np.array(path)
    costs = [(w - bottom) @ a @ (w - bottom) / 2 for w in path]
    return path, costs
