"""Your bias stays 0. Each mistake adds y to b, as it adds y·x to w."""

import numpy as np


def cycle(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0
    seen = {(*w, b): 0}
    for epoch in range(1, most_epochs + 1):
        mistakes = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                mistakes += 1
        if mistakes == 0:
            return epoch - 1, 0
        state = (*w, b)
        if state in seen:
            return seen[state], epoch - seen[state]
        seen[state] = epoch
    return None
