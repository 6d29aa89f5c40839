"""Each later bias of yours is made of the weight one place before its own. Neuron j multiplies its input by
`weights[j]`, so that is what its bias has to cancel.
"""

import numpy as np


def centering_biases(weights, x):
    inputs = np.full(len(weights), 0.5)
    inputs[0] = x
    return -np.append(weights[:1], weights[:-1]) * inputs


def growth_factors(weights):
    return weights[1:] / 4
