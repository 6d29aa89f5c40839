"""Your network is right at the four corners, and noise upsets it: with weights of 6 the hidden answers change
slowly from 0 to 1. Make all weights and biases larger.
"""

import numpy as np


def network():
    w1 = np.array([[6.0, 6.0], [-6.0, -6.0]])
    b1 = np.array([-3.0, 9.0])
    w2 = np.array([[6.0, 6.0]])
    b2 = np.array([-9.0])
    return w1, b1, w2, b2
