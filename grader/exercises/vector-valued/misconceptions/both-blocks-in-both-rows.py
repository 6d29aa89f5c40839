"""Your later layers have the weights of the other network where zeros belong: every neuron hears both networks,
and each output is mixed of both.
"""

import numpy as np


def side_by_side(a, b):
    return np.block([[a, b], [a, b]])


def glue(first, second):
    weights = [np.vstack([first[0][0], second[0][0]])]
    for a, b in zip(first[0][1:], second[0][1:]):
        weights.append(side_by_side(a, b))
    biases = [np.concatenate([a, b]) for a, b in zip(first[1], second[1])]
    return weights, biases
