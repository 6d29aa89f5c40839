"""Your factors are w/2: the activation ½ stands where the slope belongs. At z = 0 the slope is σ(0)(1 − σ(0)) =
¼.
"""

import numpy as np


def centering_biases(weights, x):
    inputs = np.full(len(weights), 0.5)
    inputs[0] = x
    return -weights * inputs


def growth_factors(weights):
    return weights[1:] / 2
