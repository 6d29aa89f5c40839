"""Your ends are where the output is ε and where it is 1 − ε, in this order. For a neuron that steps down the second
one comes first in x: put them in order.
"""

import math


def window_width(weight, epsilon):
    return 2 * math.log((1 - epsilon) / epsilon) / abs(weight)


def weight_for(width, epsilon):
    return 2 * math.log((1 - epsilon) / epsilon) / width


def window(weight, bias, epsilon):
    step = -bias / weight
    half = math.log((1 - epsilon) / epsilon) / weight
    return step - half, step + half
