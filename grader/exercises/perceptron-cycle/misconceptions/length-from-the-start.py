"""Your start is right, and your length counts all epochs so far. The circle's length is from the state's first
time to its second: take the first one's number away.
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
            return seen[state], epoch
        seen[state] = epoch
    return None
