"""Your hidden neurons are right, and the output has no bias: a single yes of theirs turns it on. Let it need both."""

import numpy as np


def network():
    w1 = np.array([[20.0, 20.0], [-20.0, -20.0]])
    b1 = np.array([-10.0, 30.0])
    w2 = np.array([[20.0, 20.0]])
    b2 = np.array([0.0])
    return w1, b1, w2, b2
