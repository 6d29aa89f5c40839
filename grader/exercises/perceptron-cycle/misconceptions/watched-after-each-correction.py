"""Your states are those after each correction, and your numbers count corrections. The same weights before
another example lead elsewhere: compare the states where epochs end, and count epochs.
"""

import numpy as np


def cycle(x, y, most_epochs):
    w, b = np.zeros(x.shape[1]), 0
    seen = {(*w, b): 0}
    corrections = 0
    for epoch in range(1, most_epochs + 1):
        mistakes = 0
        for i in range(len(x)):
            if y[i] * (w @ x[i] + b) <= 0:
                w = w + y[i] * x[i]
                b = b + y[i]
                mistakes += 1
                corrections += 1
                state = (*w, b)
                if state in seen:
                    return seen[state], corrections - seen[state]
                seen[state] = corrections
        if mistakes == 0:
            return epoch - 1, 0
    return None
