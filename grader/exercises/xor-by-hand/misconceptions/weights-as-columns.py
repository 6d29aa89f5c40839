"""Your hidden weights are written one neuron a column. Here a row holds the weights of one neuron: transpose `w1`."""

import numpy as np


def network():
    w1 = np.array([[20.0, -20.0], [20.0, -20.0]])
    b1 = np.array([-10.0, 30.0])
    w2 = np.array([[20.0, 20.0]])
    b2 = np.array([-30.0])
    return w1, b1, w2, b2
