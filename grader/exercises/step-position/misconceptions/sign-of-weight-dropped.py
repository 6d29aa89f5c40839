"""Your bias is right for positive weights only: it takes the size of the weight and not its sign. b = −ws holds
for steps down, too; there w is negative and b has the sign of s.
"""

import numpy as np


def bias_for(position, weight):
    return -abs(weight) * position


def position_of(weight, bias):
    return -bias / weight


def weight_and_bias(position, width):
    weight = 2 * np.log(99) / width
    return weight, bias_for(position, weight)
