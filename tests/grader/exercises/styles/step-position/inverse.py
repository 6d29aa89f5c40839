import numpy as np


def logit(a):
    return np.log(a) - np.log1p(-a)


def bias_for(position, weight):
    return np.negative(np.multiply(weight, position))


def position_of(weight, bias):
    return np.divide(bias, np.multiply(weight, -1.0))


def weight_and_bias(position, width):
    left, right = np.asarray(position) - width / 2, np.asarray(position) + width / 2
    weight = (logit(0.99) - logit(0.01)) / (right - left)
    return weight, logit(0.99) - weight * right
