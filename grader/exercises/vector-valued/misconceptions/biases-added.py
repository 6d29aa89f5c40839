"""Your biases are the sums of both networks' biases. Neurons stand side by side, and so do their biases: join
the arrays.
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
    biases = [a + b for a, b in zip(first[1], second[1])]
    return weights, biases
