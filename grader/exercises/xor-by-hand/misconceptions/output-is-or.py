"""Your output asks for one of the two hidden answers, and one of OR and NAND is always yes. With the bias −30 it
asks for both.
"""

import numpy as np


def network():
    w1 = np.array([[20.0, 20.0], [-20.0, -20.0]])
    b1 = np.array([-10.0, 30.0])
    w2 = np.array([[20.0, 20.0]])
    b2 = np.array([-10.0])
    return w1, b1, w2, b2
