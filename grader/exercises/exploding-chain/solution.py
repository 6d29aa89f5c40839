import numpy as np


def centering_biases(weights, x):
    inputs = np.full(len(weights), 0.5)
    inputs[0] = x
    return -weights * inputs


def growth_factors(weights):
    return weights[1:] / 4
