"""Your numbers multiply the steps up, from the last neuron back. Each entry is one step's factor by itself."""

import numpy as np


def centering_biases(weights, x):
    inputs = np.full(len(weights), 0.5)
    inputs[0] = x
    return -weights * inputs


def growth_factors(weights):
    return np.cumprod(weights[:0:-1] / 4)[::-1]
