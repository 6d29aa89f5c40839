"""Your biases have the opposite signs. A neuron is on where w·x + b is above 0, so a border at w·x = 10 needs the
bias −10.
"""

import numpy as np


def network():
    w1 = np.array([[20.0, 20.0], [-20.0, -20.0]])
    b1 = np.array([10.0, -30.0])
    w2 = np.array([[20.0, 20.0]])
    b2 = np.array([30.0])
    return w1, b1, w2, b2
