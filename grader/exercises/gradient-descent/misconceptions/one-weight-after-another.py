"""Your weights move one after another, and each slope sees those that have moved already. A step of gradient
descent takes the whole slope at one place, then moves all weights at once.
"""

import numpy as np


def descend(a, bottom, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w.copy()
        for i in range(len(w)):
            w[i] = w[i] - rate * a[i] @ (w - bottom)
        path.append(w)
    path = np.array(path)
    costs = [(w - bottom) @ a @ (w - bottom) / 2 for w in path]
    return path, costs
