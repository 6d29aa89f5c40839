"""Your feature compares both inputs with ½, which solves the exclusive or at its corners and is blind to where
other centers lie. Use numbers that grow with the inputs, not truth values.
"""

import numpy as np


def features(x):
    high = x > 0.5
    return np.column_stack([x[:, 0], x[:, 1], high[:, 0] != high[:, 1]])
