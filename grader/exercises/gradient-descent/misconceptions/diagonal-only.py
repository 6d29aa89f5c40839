"""Your slope uses the diagonal of A alone, as if no weight's slope depended on the others. It is the product of
the matrix with w − w*: a @ (w − bottom).
"""

import numpy as np


def descend(a, bottom, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate * np.diag(a) * (w - bottom)
        path.append(w)
    path = np.array(path)
    costs = [(w - bottom) @ a @ (w - bottom) / 2 for w in path]
    return path, costs
