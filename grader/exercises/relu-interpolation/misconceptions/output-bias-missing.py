"""Your network begins at 0, and everything is lower or higher by the same amount, the first value. Left of all
knots every neuron gives 0, and only the output's bias is there.
"""

import numpy as np


def relu_network(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    # Each neuron starts at a knot and changes the slope there; before the first and after the last it is 0.
    v = np.diff(slopes, prepend=0, append=0)
    return np.ones(len(knots)), -knots, v, 0.0
