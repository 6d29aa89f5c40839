"""Your new neurons have a bias of −½ whatever the scale. To be centered on a = ½, a neuron of weight `scale`
needs −scale/2.
"""

import numpy as np


def deepen(weights, biases, at, scale):
    w, b = weights[at + 1], biases[at + 1]
    n = w.shape[1]
    w2 = 4 / scale
    c = 0.5 - w2 / 2
    new_weights = [scale * np.eye(n), w2 * w]
    new_biases = [np.full(n, -0.5), b + c * w.sum(axis=1)]
    return (
        weights[: at + 1] + new_weights + weights[at + 2 :],
        biases[: at + 1] + new_biases + biases[at + 2 :],
    )
