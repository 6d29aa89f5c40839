"""Your neuron becomes 0 where the sum is 0, as np.sign gives it. A neuron is −1 or +1: leave it as it is."""

import numpy as np


def hebbian(patterns):
    n = patterns.shape[1]
    weights = patterns.T @ patterns / n
    np.fill_diagonal(weights, 0)
    return weights


def energy(weights, state):
    return -state @ weights @ state / 2


def recall(weights, state, order):
    state = state.copy()
    for i in order:
        drive = weights[i] @ state
        state[i] = np.sign(drive)
    return state
