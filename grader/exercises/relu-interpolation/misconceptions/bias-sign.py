"""Your neurons begin at −k in place of k: max(0, x + k). The weighted input x + b is 0 at the knot k where b = −k."""

import numpy as np


def relu_network(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    # Each neuron starts at a knot and changes the slope there; before the first and after the last it is 0.
    v = np.diff(slopes, prepend=0, append=0)
    return np.ones(len(knots)), knots, v, values[0]
