from math import atanh, fabs


def window_width(weight, epsilon):
    # σ(z) = (1 + tanh(z/2))/2
    return 4 * atanh(1 - 2 * epsilon) / fabs(weight)


def weight_for(width, epsilon):
    return window_width(1, epsilon) / width


def window(weight, bias, epsilon):
    size = window_width(weight, epsilon)
    start = -bias / weight - 0.5 * size
    return [start, start + size]
