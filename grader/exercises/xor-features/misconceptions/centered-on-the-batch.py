"""You take the mean of the batch away, so that a point's features depend on the points that come with it: alone
it is 0 from itself. Leave the center to the perceptron's weights.
"""

import numpy as np


def features(x):
    x = x - x.mean(axis=0)
    return np.column_stack([x[:, 0], x[:, 1], x[:, 0] * x[:, 1]])
