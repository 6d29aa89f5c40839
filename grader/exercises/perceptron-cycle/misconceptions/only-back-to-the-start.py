"""You wait for the zeros of the start to come back. A circle may begin later and never touch them: compare with
every state so far.
"""

import numpy as np


def cycle(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0
    for epoch in range(1, most_epochs + 1):
        mistakes = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
                mistakes += 1
        if mistakes == 0:
            return epoch - 1, 0
        if not w.any() and b == 0:
            return 0, epoch
    return None
