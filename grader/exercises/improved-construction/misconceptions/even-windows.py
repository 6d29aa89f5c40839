"""Your windows are equally wide and your steps equally steep, which leaves 0.18. Make windows narrow where the
function changes fast, and steps as steep as the function is.
"""

import numpy as np


def improved_network(x, z):
    borders = np.linspace(0, 1, 12)
    levels = np.array([np.median(z[(x >= borders[k]) & (x <= borders[k + 1])]) for k in range(11)])
    w = np.full(10, 1000.0)
    return w, -w * borders[1:-1], np.diff(levels), levels[0]
