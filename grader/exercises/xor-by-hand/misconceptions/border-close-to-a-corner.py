"""Your network is right at the four corners, and the line of a hidden neuron runs close by them: a little noise is
enough to cross it. Put it into the middle, where its sum at both sides is equally far from 0.
"""

import numpy as np


def network():
    w1 = np.array([[20.0, 20.0], [-20.0, -20.0]])
    b1 = np.array([-18.0, 30.0])
    w2 = np.array([[20.0, 20.0]])
    b2 = np.array([-30.0])
    return w1, b1, w2, b2
