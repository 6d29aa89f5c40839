"""Your new neurons have no bias, so that they are straightest at a = 0. Activations lie from 0 to 1: with a
bias of −scale/2 the middle is ½, and the largest error an eighth.
"""

import numpy as np


def deepen(weights, biases, at, scale):
    w, b = weights[at + 1], biases[at + 1]
    n = w.shape[1]
    w2 = 4 / scale
    c = -w2 / 2
    new_weights = [scale * np.eye(n), w2 * w]
    new_biases = [np.zeros(n), b + c * w.sum(axis=1)]
    return (
        weights[: at + 1] + new_weights + weights[at + 2 :],
        biases[: at + 1] + new_biases + biases[at + 2 :],
    )
