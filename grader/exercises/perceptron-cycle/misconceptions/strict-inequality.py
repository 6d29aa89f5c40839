"""You find rest at once: with < 0 a margin of exactly 0 is no mistake, and at the start all are 0. A margin of 0
counts: use <= 0.
"""

import numpy as np


def cycle(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0
    seen = {(*w, b): 0}
    for epoch in range(1, most_epochs + 1):
        mistakes = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) < 0:
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
