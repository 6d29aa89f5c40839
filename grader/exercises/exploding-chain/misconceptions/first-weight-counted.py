"""You return one factor for each weight. The first weight leads in from the input, where no neuron lies before
it; a chain of n neurons has n − 1 steps back.
"""

import numpy as np


def centering_biases(weights, x):
    inputs = np.full(len(weights), 0.5)
    inputs[0] = x
    return -weights * inputs


def growth_factors(weights):
    return weights / 4
