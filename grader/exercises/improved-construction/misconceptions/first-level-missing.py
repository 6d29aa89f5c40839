"""Your levels are all lower or higher by the same amount: the output's bias is 0, and nothing brings the first
window's level. Left of all steps the bias alone is what arrives.
"""

import numpy as np


def improved_network(x, z):
    borders = np.linspace(0, 1, 12)
    levels = np.array([np.median(z[(x >= borders[k]) & (x <= borders[k + 1])]) for k in range(11)])
    w = np.full(10, 1000.0)
    return w, -w * borders[1:-1], np.diff(levels), 0.0
