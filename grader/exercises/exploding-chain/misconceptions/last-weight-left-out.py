"""Your factors begin with the first weight and leave the last one out. The step from neuron j back to neuron j
− 1 passes `weights[j]`, so it is the first weight that takes no part.
"""

import numpy as np


def centering_biases(weights, x):
    inputs = np.full(len(weights), 0.5)
    inputs[0] = x
    return -weights * inputs


def growth_factors(weights):
    return weights[:-1] / 4
