"""Your neuron steps up where `width` is negative. There the activation is 0.99 on the left and 0.01 on the
right, and the weight is negative: leave the sign in.
"""

import numpy as np


def bias_for(position, weight):
    return -weight * position


def position_of(weight, bias):
    return -bias / weight


def weight_and_bias(position, width):
    weight = 2 * np.log(99) / abs(width)
    return weight, bias_for(position, weight)
