import numpy as np


def reach(epsilon):
    return np.float32(np.log(1 / epsilon - 1))


def window_width(weight, epsilon):
    return 2 * reach(epsilon) / np.float32(abs(weight))


def weight_for(width, epsilon):
    return 2 * reach(epsilon) / np.float32(width)


def window(weight, bias, epsilon):
    a, b = sorted((sign * reach(epsilon) - np.float32(bias)) / np.float32(weight) for sign in (-1, 1))
    return a, b
