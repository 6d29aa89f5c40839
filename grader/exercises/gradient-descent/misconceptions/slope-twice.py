"""Your steps are twice as long as they should be: the slope is 2A(w − w*), as for a cost without the ½. The ½
takes the 2 of the square away.
"""

import numpy as np


def descend(a, bottom, w, rate, steps):
    path = [w]
    for _ in range(steps):
        w = w - rate * 2 * a @ (w - bottom)
        path.append(w)
    path = np.array(path)
    costs = [(w - bottom) @ a @ (w - bottom) / 2 for w in path]
    return path, costs
