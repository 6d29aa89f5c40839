"""Your penalty is not divided by n. It is shared out over the training set, so that λ means the same for small and
large ones.
"""

import numpy as np


def penalized_cost(cost, weights, strength, n):
    return cost + strength / 2 * sum(np.sum(w**2) for w in weights)


def decayed_step(weights, biases, sums_w, sums_b, rate, strength, m, n):
    weights = [(1 - rate * strength / n) * w - rate / m * s for w, s in zip(weights, sums_w)]
    biases = [b - rate / m * s for b, s in zip(biases, sums_b)]
    return weights, biases
