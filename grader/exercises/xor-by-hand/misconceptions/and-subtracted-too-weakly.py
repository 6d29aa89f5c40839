"""Your output is OR minus AND, and the AND takes away no more than the OR has brought, so that what is left at (1,
1) is decided by noise. Let the AND's weight be twice as large, or turn it off by the bias.
"""

import numpy as np


def network():
    w1 = np.array([[20.0, 20.0], [20.0, 20.0]])
    b1 = np.array([-10.0, -30.0])
    w2 = np.array([[20.0, -20.0]])
    b2 = np.array([0.0])
    return w1, b1, w2, b2
