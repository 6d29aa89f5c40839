import numpy as np


def logit(p):
    return np.log(p) - np.log1p(-p)


def window_width(weight, epsilon):
    return np.abs((logit(1 - epsilon) - logit(epsilon)) / weight)


def weight_for(width, epsilon):
    return -2 * logit(epsilon) / width


def window(weight, bias, epsilon):
    first = (logit(epsilon) - bias) / weight
    second = (-logit(epsilon) - bias) / weight
    return np.sort([first, second])
