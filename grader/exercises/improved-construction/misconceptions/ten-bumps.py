"""Your network has a pair of neurons for each of ten windows, twenty in all. Ten are allowed: let one step lead
from each window's level to the next one's.
"""

import numpy as np


def improved_network(x, z):
    borders = np.linspace(0, 1, 11)
    heights = np.array([np.median(z[(x >= borders[k]) & (x <= borders[k + 1])]) for k in range(10)])
    edges = np.column_stack([borders[:-1], borders[1:]]).ravel()
    w = np.full(20, 1000.0)
    return w, -w * edges, np.column_stack([heights, -heights]).ravel(), 0.0
