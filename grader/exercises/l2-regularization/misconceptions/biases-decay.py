"""Your biases shrink too. The penalty counts weights only, so a bias follows its gradient and nothing else."""

import numpy as np


def penalized_cost(cost, weights, strength, n):
    return cost + strength / (2 * n) * sum(np.sum(w**2) for w in weights)


def decayed_step(weights, biases, sums_w, sums_b, rate, strength, m, n):
    weights = [(1 - rate * strength / n) * w - rate / m * s for w, s in zip(weights, sums_w)]
    biases = [(1 - rate * strength / n) * b - rate / m * s for b, s in zip(biases, sums_b)]
    return weights, biases
