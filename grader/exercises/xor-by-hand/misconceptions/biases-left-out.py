"""Your biases are all 0, so every border runs through the origin. A border between 0 and 1 needs a bias."""

import numpy as np


def network():
    w1 = np.array([[20.0, 20.0], [-20.0, -20.0]])
    b1 = np.array([0.0, 0.0])
    w2 = np.array([[20.0, 20.0]])
    b2 = np.array([0.0])
    return w1, b1, w2, b2
