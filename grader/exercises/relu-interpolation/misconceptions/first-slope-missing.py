"""Your network is flat from the first knot to the second: the first neuron, which has to bring the first slope, is
not there. `np.diff` of the slopes alone has only the bends between two stretches; prepend a 0.
"""

import numpy as np


def relu_network(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    v = np.diff(slopes, append=0)
    return np.ones(len(v)), -knots[1:], v, values[0]
