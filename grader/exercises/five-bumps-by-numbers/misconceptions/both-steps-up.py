"""Both output weights of each pair are h. Behind a bump both neurons are on, and 2h is left of it; the second
weight is −h.
"""

import numpy as np

# One height a bump, from left to right.
HEIGHTS = [-1.3, -1.4, -0.3, -1.0, 1.2]
WEIGHT = 1000.0


def parameters():
    borders = np.linspace(0, 1, 6)
    steps = np.column_stack([borders[:-1], borders[1:]]).ravel()
    w1 = np.full((10, 1), WEIGHT)
    b1 = -WEIGHT * steps
    w2 = np.array([[h for h in HEIGHTS for _ in range(2)]])
    b2 = np.zeros(1)
    return w1, b1, w2, b2
