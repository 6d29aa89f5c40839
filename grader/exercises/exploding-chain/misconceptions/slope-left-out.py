"""Your factors are the weights themselves. On its way back the gradient also passes the slope of the sigmoid, ¼
at z = 0.
"""

import numpy as np


def centering_biases(weights, x):
    inputs = np.full(len(weights), 0.5)
    inputs[0] = x
    return -weights * inputs


def growth_factors(weights):
    return weights[1:]
