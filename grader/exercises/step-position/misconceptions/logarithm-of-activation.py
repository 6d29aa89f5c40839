"""Your weight uses ln 0.99, which is close to 0 and negative. The weighted input where the activation is a is
σ⁻¹(a) = ln(a/(1 − a)); for 0.99 that is ln 99.
"""

import numpy as np


def bias_for(position, weight):
    return -weight * position


def position_of(weight, bias):
    return -bias / weight


def weight_and_bias(position, width):
    weight = 2 * np.log(0.99) / width
    return weight, bias_for(position, weight)
