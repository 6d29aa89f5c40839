"""Your output weights come from how far the values rise between knots. The neuron's line has slope 1 in x, so what
counts is the rise divided by the distance of the two knots.
"""

import numpy as np


def relu_network(knots, values):
    slopes = np.diff(values)
    # Each neuron starts at a knot and changes the slope there; before the first and after the last it is 0.
    v = np.diff(slopes, prepend=0, append=0)
    return np.ones(len(knots)), -knots, v, values[0]
