"""Your output's bias is 0.2, the value of f without its terms in x. It moves all five bumps up; the heights are
to hold everything, and the bias is 0.
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
    w2 = np.array([[sign * h for h in HEIGHTS for sign in (1, -1)]])
    b2 = np.array([0.2])
    return w1, b1, w2, b2
