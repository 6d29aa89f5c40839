"""Your weight is 4/width: the line along the steepest slope goes from 0 to 1 over that width. The curve itself
bends away from the line and takes longer to get from 0.01 to 0.99: w·d/2 = ln 99.
"""

import numpy as np


def bias_for(position, weight):
    return -weight * position


def position_of(weight, bias):
    return -bias / weight


def weight_and_bias(position, width):
    weight = 4 / width
    return weight, bias_for(position, weight)
