"""Your weights are n times too large: the sum over the patterns is not divided by the number of neurons."""

import numpy as np


def hebbian(patterns):
    weights = (patterns.T @ patterns).astype(float)
    np.fill_diagonal(weights, 0)
    return weights


def energy(weights, state):
    return -state @ weights @ state / 2


def recall(weights, state, order):
    state = state.copy()
    for i in order:
        drive = weights[i] @ state
        if drive != 0:
            state[i] = 1 if drive > 0 else -1
    return state
