import numpy as np


def bias_for(position, weight):
    s, w = np.float32(position), np.float32(weight)
    return -(s * w)


def position_of(weight, bias):
    return np.float32(-np.float32(bias) / np.float32(weight))


def weight_and_bias(position, width):
    d = np.asarray(width, dtype=np.float32)
    w = np.float32(np.log(99) + np.log(99)) / d
    return w, -np.asarray(position, dtype=np.float32) * w
