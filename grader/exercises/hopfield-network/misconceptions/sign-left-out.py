"""Your state takes the sums themselves. Each neuron is −1 or +1: take the sign."""

import numpy as np


def hebbian(patterns):
    n = patterns.shape[1]
    weights = patterns.T @ patterns / n
    np.fill_diagonal(weights, 0)
    return weights


def energy(weights, state):
    return -state @ weights @ state / 2


def recall(weights, state, order):
    state = state.astype(float)
    for i in order:
        drive = weights[i] @ state
        state[i] = drive
    return state
