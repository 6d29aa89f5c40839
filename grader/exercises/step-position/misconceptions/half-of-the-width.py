"""Your weight is half of the right one, so that the activation takes twice the width. From the position to the
end of the step it is only half a width: w·d/2 = ln 99.
"""

import numpy as np


def bias_for(position, weight):
    return -weight * position


def position_of(weight, bias):
    return -bias / weight


def weight_and_bias(position, width):
    weight = np.log(99) / width
    return weight, bias_for(position, weight)
