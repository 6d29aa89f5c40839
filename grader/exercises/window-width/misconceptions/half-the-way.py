"""Your window reaches from the step to one of its ends. The weighted input goes from −ln((1 − ε)/ε) to +ln((1 −
ε)/ε), twice that way.
"""

import math


def window_width(weight, epsilon):
    return math.log((1 - epsilon) / epsilon) / abs(weight)


def weight_for(width, epsilon):
    return math.log((1 - epsilon) / epsilon) / width


def window(weight, bias, epsilon):
    step = -bias / weight
    half = window_width(weight, epsilon) / 2
    return step - half, step + half
