"""Your weight is too small by a factor of about 2.3: log10 is the logarithm to the base 10. The sigmoid is made
of e, and its inverse of the natural logarithm, `np.log`.
"""

import numpy as np


def bias_for(position, weight):
    return -weight * position


def position_of(weight, bias):
    return -bias / weight


def weight_and_bias(position, width):
    weight = 2 * np.log10(99) / width
    return weight, bias_for(position, weight)
