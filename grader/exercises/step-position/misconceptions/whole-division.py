"""Your position is rounded down to a whole number: `//` drops what is behind the point. A step may lie
anywhere; divide with `/`.
"""

import numpy as np


def bias_for(position, weight):
    return -weight * position


def position_of(weight, bias):
    return -bias // weight


def weight_and_bias(position, width):
    weight = 2 * np.log(99) / width
    return weight, bias_for(position, weight)
