"""Your later layers put the weights of both networks into the same rows, so that their outputs are added up
instead of standing side by side. Each network keeps rows of its own, with zeros in the other one's columns.
"""

import numpy as np


def side_by_side(a, b):
    return np.hstack([a, b])


def glue(first, second):
    weights = [np.vstack([first[0][0], second[0][0]])]
    for a, b in zip(first[0][1:], second[0][1:]):
        weights.append(side_by_side(a, b))
    biases = [np.concatenate([a, b]) for a, b in zip(first[1], second[1])]
    return weights, biases
