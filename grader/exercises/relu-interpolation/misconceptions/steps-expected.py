"""Your output weights are the differences of the values, as for neurons that step up by 1 and stay there. A ReLU
goes on rising, so each weight is a change of slope.
"""

import numpy as np


def relu_network(knots, values):
    v = np.diff(values, prepend=values[0])
    return np.ones(len(knots)), -knots, v, values[0]
