"""Your lists are as long as before: the new layer takes the place of the one behind. That one is still needed,
changed as the statement says.
"""

import numpy as np


def deepen(weights, biases, at, scale):
    w, b = weights[at + 1], biases[at + 1]
    n = w.shape[1]
    w2 = 4 / scale
    c = 0.5 - w2 / 2
    new_weights = [scale * np.eye(n)]
    new_biases = [np.full(n, -scale / 2)]
    return (
        weights[: at + 1] + new_weights + weights[at + 2 :],
        biases[: at + 1] + new_biases + biases[at + 2 :],
    )
