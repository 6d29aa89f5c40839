"""Your logarithm is that of 1/ε. For small ε that is close, but σ(z) = 1 − ε gives e^z = (1 − ε)/ε exactly."""

import math


def window_width(weight, epsilon):
    return 2 * math.log(1 / epsilon) / abs(weight)


def weight_for(width, epsilon):
    return 2 * math.log(1 / epsilon) / width


def window(weight, bias, epsilon):
    step = -bias / weight
    half = window_width(weight, epsilon) / 2
    return step - half, step + half
