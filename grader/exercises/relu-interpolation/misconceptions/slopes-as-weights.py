"""Your output weights are the slopes of the stretches. A ReLU never ends, so at each knot all slopes from before
are still there: what has to be added is the change of slope.
"""

import numpy as np


def relu_network(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    v = np.append(slopes, 0)
    return np.ones(len(knots)), -knots, v, values[0]
