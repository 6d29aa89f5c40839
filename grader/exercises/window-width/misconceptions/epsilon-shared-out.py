"""Your window leaves ε/2 at each end. Here ε is left at each of the two ends."""

import math


def window_width(weight, epsilon):
    return 2 * math.log((1 - epsilon / 2) / (epsilon / 2)) / abs(weight)


def weight_for(width, epsilon):
    return 2 * math.log((1 - epsilon / 2) / (epsilon / 2)) / width


def window(weight, bias, epsilon):
    step = -bias / weight
    half = window_width(weight, epsilon) / 2
    return step - half, step + half
