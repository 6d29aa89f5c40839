"""In your step m and n have changed places. The mini-batch's m averages the gradients, the training set's n shares
out the penalty.
"""

import numpy as np


def penalized_cost(cost, weights, strength, n):
    return cost + strength / (2 * n) * sum(np.sum(w**2) for w in weights)


def decayed_step(weights, biases, sums_w, sums_b, rate, strength, m, n):
    weights = [(1 - rate * strength / m) * w - rate / n * s for w, s in zip(weights, sums_w)]
    biases = [b - rate / n * s for b, s in zip(biases, sums_b)]
    return weights, biases
