"""Your outputs are the right ones with the second network's in front. They are to follow in the order of the
arguments.
"""

import numpy as np


def side_by_side(a, b):
    w = np.zeros((a.shape[0] + b.shape[0], a.shape[1] + b.shape[1]))
    w[: a.shape[0], : a.shape[1]] = a
    w[a.shape[0] :, a.shape[1] :] = b
    return w


def glue(first, second):
    weights = [np.vstack([second[0][0], first[0][0]])]
    for a, b in zip(first[0][1:], second[0][1:]):
        weights.append(side_by_side(b, a))
    biases = [np.concatenate([b, a]) for a, b in zip(first[1], second[1])]
    return weights, biases
