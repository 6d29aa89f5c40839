"""Your weight is the width divided by the logarithm, the inverse of what is asked for. Solve width = 2 ln((1 −
ε)/ε) / w for w.
"""

import math


def window_width(weight, epsilon):
    return 2 * math.log((1 - epsilon) / epsilon) / abs(weight)


def weight_for(width, epsilon):
    return width / (2 * math.log((1 - epsilon) / epsilon))


def window(weight, bias, epsilon):
    step = -bias / weight
    half = window_width(weight, epsilon) / 2
    return step - half, step + half
