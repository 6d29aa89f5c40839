"""Your weights lose the same amount whatever their size, which is L1 regularization. With L2 each shrinks in
proportion to itself.
"""

import numpy as np


def penalized_cost(cost, weights, strength, n):
    return cost + strength / (2 * n) * sum(np.sum(w**2) for w in weights)


def decayed_step(weights, biases, sums_w, sums_b, rate, strength, m, n):
    weights = [w - rate * strength / n * np.sign(w) - rate / m * s for w, s in zip(weights, sums_w)]
    biases = [b - rate / m * s for b, s in zip(biases, sums_b)]
    return weights, biases
