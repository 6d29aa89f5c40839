"""Your loop runs one epoch fewer than `most_epochs`: `range(1, most_epochs)` stops before its end."""

import numpy as np


def cycle(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0
    seen = {(*w, b): 0}
    for epoch in range(1, most_epochs):
        mistakes = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
                mistakes += 1
        if mistakes == 0:
            return epoch - 1, 0
        state = (*w, b)
        if state in seen:
            return seen[state], epoch - seen[state]
        seen[state] = epoch
    return None
