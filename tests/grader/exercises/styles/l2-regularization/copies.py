import copy

import numpy as np


def penalized_cost(cost, weights, strength, n):
    for w in weights:
        cost += strength * np.linalg.norm(w) ** 2 / n / 2
    return cost


def decayed_step(weights, biases, sums_w, sums_b, rate, strength, m, n):
    weights, biases = copy.deepcopy(weights), copy.deepcopy(biases)
    for layer in range(len(weights)):
        weights[layer] *= 1 - rate * strength / n
        weights[layer] -= rate * sums_w[layer] / m
        biases[layer] -= rate * sums_b[layer] / m
    return weights, biases
