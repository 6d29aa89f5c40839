"""Your penalty adds up |w|, which is L1 regularization. L2 counts each weight's square."""

import numpy as np


def penalized_cost(cost, weights, strength, n):
    return cost + strength / (2 * n) * sum(np.sum(np.abs(w)) for w in weights)


def decayed_step(weights, biases, sums_w, sums_b, rate, strength, m, n):
    weights = [(1 - rate * strength / n) * w - rate / m * s for w, s in zip(weights, sums_w)]
    biases = [b - rate / m * s for b, s in zip(biases, sums_b)]
    return weights, biases
