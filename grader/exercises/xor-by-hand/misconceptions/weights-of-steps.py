"""Your weights are those of threshold neurons, which jump from 0 to 1. A sigmoid with weights of 1 rises slowly, so
that all answers lie near ½: multiply the weights and biases by 20 or so.
"""

import numpy as np


def network():
    w1 = np.array([[1.0, 1.0], [-1.0, -1.0]])
    b1 = np.array([-0.5, 1.5])
    w2 = np.array([[1.0, 1.0]])
    b2 = np.array([-1.5])
    return w1, b1, w2, b2
