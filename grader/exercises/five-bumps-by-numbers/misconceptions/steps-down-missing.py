"""Your second output weight of each pair is 0: bumps begin and never end, and each window adds its height to
all before. The second neuron takes the first one back, with −h.
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
    w2 = np.array([[sign * h for h in HEIGHTS for sign in (1, 0)]])
    b2 = np.zeros(1)
    return w1, b1, w2, b2
