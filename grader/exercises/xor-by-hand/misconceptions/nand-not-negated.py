"""Your second hidden neuron answers AND where NAND is needed: the output is then 1 at (1, 1) only. Turn the signs
of its weights and its bias.
"""

import numpy as np


def network():
    w1 = np.array([[20.0, 20.0], [20.0, 20.0]])
    b1 = np.array([-10.0, -30.0])
    w2 = np.array([[20.0, 20.0]])
    b2 = np.array([-30.0])
    return w1, b1, w2, b2
