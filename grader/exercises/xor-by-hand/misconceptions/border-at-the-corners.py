"""Your hidden neurons have a sum of exactly 0 at some corners, where they answer ½. Move their borders into the
middle between the corners that they should tell apart.
"""

import numpy as np


def network():
    w1 = np.array([[20.0, 20.0], [-20.0, -20.0]])
    b1 = np.array([-20.0, 20.0])
    w2 = np.array([[20.0, 20.0]])
    b2 = np.array([-30.0])
    return w1, b1, w2, b2
