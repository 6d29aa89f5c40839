"""Your bias is −s, without the weight. With it the step is at s/w, close to zero. The weight multiplies x, so
it has to multiply s as well: b = −ws.
"""

import numpy as np


def bias_for(position, weight):
    return -position


def position_of(weight, bias):
    return -bias / weight


def weight_and_bias(position, width):
    weight = 2 * np.log(99) / width
    return weight, bias_for(position, weight)
