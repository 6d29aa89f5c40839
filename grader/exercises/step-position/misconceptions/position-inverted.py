"""Your position is −w/b, the inverse of the right one. In wx + b = 0 it is the weight that stands beside x:
divide by w.
"""

import numpy as np


def bias_for(position, weight):
    return -weight * position


def position_of(weight, bias):
    return -weight / bias


def weight_and_bias(position, width):
    weight = 2 * np.log(99) / width
    return weight, bias_for(position, weight)
