"""Your function prints its numbers and gives back None. Use `return`, so that others can go on with them."""

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
            print(epoch - 1, 0)
            break
        state = (*w, b)
        if state in seen:
            print(seen[state], epoch - seen[state])
            break
        seen[state] = epoch
