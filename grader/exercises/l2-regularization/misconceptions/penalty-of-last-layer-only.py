"""Your penalty counts the last layer's weights only, as with = where += belongs. Sum over the weights of all
layers.
"""

import numpy as np


def penalized_cost(cost, weights, strength, n):
    for w in weights:
        penalty = strength / (2 * n) * np.sum(w**2)
    return cost + penalty


def decayed_step(weights, biases, sums_w, sums_b, rate, strength, m, n):
    weights = [(1 - rate * strength / n) * w - rate / m * s for w, s in zip(weights, sums_w)]
    biases = [b - rate / m * s for b, s in zip(biases, sums_b)]
    return weights, biases
