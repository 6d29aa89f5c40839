"""Your weights change with every example, also where the margin is positive. Only a mistake changes them."""

import numpy as np


def cycle(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0
    seen = {(*w, b): 0}
    for epoch in range(1, most_epochs + 1):
        mistakes = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                mistakes += 1
            w = w + y[i] * x[i]
            b = b + y[i]
        if mistakes == 0:
            return epoch - 1, 0
        state = (*w, b)
        if state in seen:
            return seen[state], epoch - seen[state]
        seen[state] = epoch
    return None
