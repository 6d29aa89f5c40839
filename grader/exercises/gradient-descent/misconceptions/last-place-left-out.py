"""Your path stops one place early: each place is kept before the step from it, and the last step's end is not
kept. There are steps + 1 places, and with no step at all there is the start.
"""

import numpy as np


def descend(a, bottom, w, rate, steps):
    path = []
    for _ in range(steps):
        path.append(w)
        w = w - rate * a @ (w - bottom)
    path = np.array(path)
    costs = [(w - bottom) @ a @ (w - bottom) / 2 for w in path]
    return path, costs
