import numpy as np


def relu_network(knots, values):
    knots, values = knots.astype("float32"), values.astype("float32")
    slopes = np.ediff1d(values) / np.ediff1d(knots)
    v = np.ediff1d(slopes, to_begin=slopes[0], to_end=-slopes[-1])
    return np.ones(len(knots), dtype="float32"), -knots, v, values[0]
