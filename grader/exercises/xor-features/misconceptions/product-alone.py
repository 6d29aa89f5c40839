"""The product solves the quadrants around the origin and nothing else: its sign changes at the axes only. Give
the perceptron the inputs beside it, and it can move the center.
"""

import numpy as np


def features(x):
    return x[:, :1] * x[:, 1:]
