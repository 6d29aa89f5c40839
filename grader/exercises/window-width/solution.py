import math


def window_width(weight, epsilon):
    return 2 * math.log((1 - epsilon) / epsilon) / abs(weight)


def weight_for(width, epsilon):
    return 2 * math.log((1 - epsilon) / epsilon) / width


def window(weight, bias, epsilon):
    step = -bias / weight
    half = window_width(weight, epsilon) / 2
    return step - half, step + half
