import numpy as np


def network():
    # OR, and NAND: off only where both inputs are 1.
    w1 = np.array([[20.0, 20.0], [-20.0, -20.0]])
    b1 = np.array([-10.0, 30.0])
    # AND of both.
    w2 = np.array([[20.0, 20.0]])
    b2 = np.array([-30.0])
    return w1, b1, w2, b2
