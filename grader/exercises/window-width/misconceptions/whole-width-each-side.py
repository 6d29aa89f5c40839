"""Your window reaches a whole width to each side of the step, and is twice as wide as it should be. Take half of
it.
"""

import math


def window_width(weight, epsilon):
    return 2 * math.log((1 - epsilon) / epsilon) / abs(weight)


def weight_for(width, epsilon):
    return 2 * math.log((1 - epsilon) / epsilon) / width


def window(weight, bias, epsilon):
    step = -bias / weight
    half = window_width(weight, epsilon)
    return step - half, step + half
