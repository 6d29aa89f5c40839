"""Your later biases cancel the whole weight, as if a centered neuron gave 1. A sigmoid at z = 0 gives ½."""

import numpy as np


def centering_biases(weights, x):
    inputs = np.ones(len(weights))
    inputs[0] = x
    return -weights * inputs


def growth_factors(weights):
    return weights[1:] / 4
