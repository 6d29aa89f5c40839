"""Your output weights are the levels themselves. A step stays on, so all levels before it would add up: each weight
is the change from one level to the next.
"""

import numpy as np


def improved_network(x, z):
    borders = np.linspace(0, 1, 12)
    levels = np.array([np.median(z[(x >= borders[k]) & (x <= borders[k + 1])]) for k in range(11)])
    w = np.full(10, 1000.0)
    return w, -w * borders[1:-1], levels[1:], levels[0]
