"""Your hidden neurons are five steps up and then five steps down, while the output weights come in pairs. Let
the biases follow the bumps: left border, right border, bump after bump.
"""

import numpy as np

# One height a bump, from left to right.
HEIGHTS = [-1.3, -1.4, -0.3, -1.0, 1.2]
WEIGHT = 1000.0


def parameters():
    borders = np.linspace(0, 1, 6)
    steps = np.concatenate([borders[:-1], borders[1:]])
    w1 = np.full((10, 1), WEIGHT)
    b1 = -WEIGHT * steps
    w2 = np.array([[sign * h for h in HEIGHTS for sign in (1, -1)]])
    b2 = np.zeros(1)
    return w1, b1, w2, b2
