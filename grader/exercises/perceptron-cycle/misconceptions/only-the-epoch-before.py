"""You compare each state with the one before it, which finds circles of length 1 only. Compare with every state
so far.
"""

import numpy as np


def cycle(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0
    before = (*w, b)
    for epoch in range(1, most_epochs + 1):
        mistakes = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
                mistakes += 1
        if mistakes == 0:
            return epoch - 1, 0
        state = (*w, b)
        if state == before:
            return epoch - 1, 1
        before = state
    return None
