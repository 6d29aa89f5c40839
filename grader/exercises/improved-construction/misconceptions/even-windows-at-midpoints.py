"""Your windows are equally wide, with the function's values in their middles as levels. Medians are less far off on
average, and least squares better still; then make windows narrow where the function changes fast.
"""

import numpy as np


def improved_network(x, z):
    borders = np.linspace(0, 1, 12)
    levels = np.array([np.interp((borders[k] + borders[k + 1]) / 2, x, z) for k in range(11)])
    w = np.full(10, 1000.0)
    return w, -w * borders[1:-1], np.diff(levels), levels[0]
