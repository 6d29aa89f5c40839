"""Every state of yours seems to be back after an epoch or two. `w += …` changes the one array that all kept
states hold, so that the weights always agree; keep a copy, or a tuple.
"""

import numpy as np


def cycle(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0.0
    seen = [(w, b)]
    for epoch in range(1, most_epochs + 1):
        mistakes = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w += y[i] * x[i]
                b = b + y[i]
                mistakes += 1
        if mistakes == 0:
            return epoch - 1, 0
        for start, (old_w, old_b) in enumerate(seen):
            if np.array_equal(w, old_w) and b == old_b:
                return start, epoch - start
        seen.append((w, b))
    return None
