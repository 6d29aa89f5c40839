"""Your hidden layers after the first are those of the first network alone. Every layer has to hold both
networks, not only the first and the last.
"""

import numpy as np


def side_by_side(a, b):
    w = np.zeros((a.shape[0] + b.shape[0], a.shape[1] + b.shape[1]))
    w[: a.shape[0], : a.shape[1]] = a
    w[a.shape[0] :, a.shape[1] :] = b
    return w


def glue(first, second):
    weights = [np.vstack([first[0][0], second[0][0]])]
    weights += first[0][1:-1]
    if len(first[0]) > 1:
        weights.append(side_by_side(first[0][-1], second[0][-1]))
    biases = [np.concatenate([a, b]) for a, b in zip(first[1], second[1])]
    return weights, biases
