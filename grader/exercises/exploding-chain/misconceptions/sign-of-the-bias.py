"""Your biases add to what the weights bring in, so that every z is twice that. To cancel it, a bias has the
opposite sign: b = −w·a.
"""

import numpy as np


def centering_biases(weights, x):
    inputs = np.full(len(weights), 0.5)
    inputs[0] = x
    return weights * inputs


def growth_factors(weights):
    return weights[1:] / 4
