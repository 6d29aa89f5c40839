"""Your weights have the first network's neurons in front, your biases those of the second. Row i and bias i
belong to one neuron: keep one order.
"""

import numpy as np


def side_by_side(a, b):
    w = np.zeros((a.shape[0] + b.shape[0], a.shape[1] + b.shape[1]))
    w[: a.shape[0], : a.shape[1]] = a
    w[a.shape[0] :, a.shape[1] :] = b
    return w


def glue(first, second):
    weights = [np.vstack([first[0][0], second[0][0]])]
    for a, b in zip(first[0][1:], second[0][1:]):
        weights.append(side_by_side(a, b))
    biases = [np.concatenate([b, a]) for a, b in zip(first[1], second[1])]
    return weights, biases
