"""Two of your ten steps stand at 0 and 1, where nothing is gained by them. The output's bias makes the first level,
and the last one needs no end: put all ten steps inside.
"""

import numpy as np


def improved_network(x, z):
    borders = np.linspace(0, 1, 10)
    levels = np.array([np.median(z[(x >= borders[k]) & (x <= borders[k + 1])]) for k in range(9)])
    w = np.full(10, 1000.0)
    return w, -w * borders, np.diff(levels, prepend=0, append=0), 0.0
