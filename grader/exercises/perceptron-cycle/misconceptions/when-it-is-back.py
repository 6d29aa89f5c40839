"""Your lengths are right, and your start is the epoch after which the state is back. Asked for is where it was
first.
"""

import numpy as np


def cycle(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0
    seen = {(*w, b): 0}
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
        if state in seen:
            return epoch, epoch - seen[state]
        seen[state] = epoch
    return None
