"""Your widths are negative: the fraction stands upside down. ε is the small number, so (1 − ε)/ε is larger than 1
and its logarithm positive.
"""

import math


def window_width(weight, epsilon):
    return 2 * math.log(epsilon / (1 - epsilon)) / abs(weight)


def weight_for(width, epsilon):
    return 2 * math.log(epsilon / (1 - epsilon)) / width


def window(weight, bias, epsilon):
    step = -bias / weight
    half = window_width(weight, epsilon) / 2
    return step - half, step + half
