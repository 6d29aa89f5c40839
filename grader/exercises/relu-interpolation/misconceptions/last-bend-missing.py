"""Your network is right up to the last knot and then goes on with the last slope. One more neuron, at the last
knot, has to take that slope away.
"""

import numpy as np


def relu_network(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    v = np.diff(slopes, prepend=0)
    return np.ones(len(v)), -knots[:-1], v, values[0]
