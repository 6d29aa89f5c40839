"""Your factors are the right ones, the last step's first. Entry 0 belongs to the step from the second neuron
back to the first.
"""

import numpy as np


def centering_biases(weights, x):
    inputs = np.full(len(weights), 0.5)
    inputs[0] = x
    return -weights * inputs


def growth_factors(weights):
    return weights[:0:-1] / 4
