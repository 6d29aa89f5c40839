"""Your position has the opposite sign. The step is where wx + b = 0; solved for x, this gives s = −b/w, with a
minus.
"""

import numpy as np


def bias_for(position, weight):
    return -weight * position


def position_of(weight, bias):
    return bias / weight


def weight_and_bias(position, width):
    weight = 2 * np.log(99) / width
    return weight, bias_for(position, weight)
