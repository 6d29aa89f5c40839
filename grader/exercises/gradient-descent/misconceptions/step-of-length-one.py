"""Your steps all have the length of the rate: the slope is divided by its norm. Gradient descent takes the slope
as it is, so that steps become short near the bottom.
"""

import numpy as np


def descend(a, bottom, w, rate, steps):
    path = [w]
    for _ in range(steps):
        slope = a @ (w - bottom)
        w = w - rate * slope / np.linalg.norm(slope)
        path.append(w)
    path = np.array(path)
    costs = [(w - bottom) @ a @ (w - bottom) / 2 for w in path]
    return path, costs
