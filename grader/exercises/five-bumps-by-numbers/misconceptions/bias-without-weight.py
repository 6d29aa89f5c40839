"""Your hidden biases are −s, without the weight: with the weight 1000 all ten steps are within 0.001 of 0. The
weight multiplies x, so it has to multiply s as well: b = −ws.
"""

import numpy as np

# One height a bump, from left to right.
HEIGHTS = [-1.3, -1.4, -0.3, -1.0, 1.2]
WEIGHT = 1000.0


def parameters():
    borders = np.linspace(0, 1, 6)
    steps = np.column_stack([borders[:-1], borders[1:]]).ravel()
    w1 = np.full((10, 1), WEIGHT)
    b1 = -steps
    w2 = np.array([[sign * h for h in HEIGHTS for sign in (1, -1)]])
    b2 = np.zeros(1)
    return w1, b1, w2, b2
