"""You divide by the largest input of the batch, so that a point's features depend on the points that come with
it. Leave the scale to the perceptron's weights.
"""

import numpy as np


def features(x):
    x = x / np.abs(x).max(axis=0)
    return np.column_stack([x[:, 0], x[:, 1], x[:, 0] * x[:, 1]])
