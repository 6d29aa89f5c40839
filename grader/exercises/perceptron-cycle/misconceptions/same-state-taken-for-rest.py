"""For the exclusive or you say that learning comes to rest. The state after an epoch is the one before it, but
four mistakes were made on the way: only an epoch without a mistake is rest.
"""

import numpy as np


def cycle(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0
    seen = {(*w, b): 0}
    for epoch in range(1, most_epochs + 1):
        before = (*w, b)
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
        if (*w, b) == before:
            return epoch - 1, 0
        state = (*w, b)
        if state in seen:
            return seen[state], epoch - seen[state]
        seen[state] = epoch
    return None
