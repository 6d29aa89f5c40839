"""Your slopes change one knot too late: each neuron begins at the end of the stretch whose slope it brings. It has
to begin at the knot where the stretch begins.
"""

import numpy as np


def relu_network(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    v = np.diff(slopes, prepend=0)
    return np.ones(len(v)), -knots[1:], v, values[0]
