"""Another identity: the line of least squares through the neuron's curve, in place of the tangent."""

import numpy as np


def deepen(weights, biases, at, scale):
    weights, biases = list(weights), list(biases)
    w, b = weights.pop(at + 1), biases.pop(at + 1)
    ones = np.ones(w.shape[1])
    a = np.linspace(0, 1, 501)
    s = 1 / (1 + np.exp(-scale * (a - 0.5)))
    w2, c = np.polyfit(s, a, 1)
    weights[at + 1 : at + 1] = [np.diag(scale * ones), w2 * w]
    biases[at + 1 : at + 1] = [-scale / 2 * ones, b + c * (w @ ones)]
    return [weights, biases]
