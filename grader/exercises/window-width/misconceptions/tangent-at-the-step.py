"""Your width takes the sigmoid for a straight line of slope w/4, as it is at the step itself. It flattens toward
its ends, so the window is wider: invert the sigmoid there.
"""

import math


def window_width(weight, epsilon):
    return 2 * (2 - 4 * epsilon) / abs(weight)


def weight_for(width, epsilon):
    return 2 * (2 - 4 * epsilon) / width


def window(weight, bias, epsilon):
    step = -bias / weight
    half = window_width(weight, epsilon) / 2
    return step - half, step + half
