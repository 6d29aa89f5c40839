"""Your neurons all look at the state from before the first update. They go one after another: each one sees the
changes made before it.
"""

import numpy as np


def hebbian(patterns):
    n = patterns.shape[1]
    weights = patterns.T @ patterns / n
    np.fill_diagonal(weights, 0)
    return weights


def energy(weights, state):
    return -state @ weights @ state / 2


def recall(weights, state, order):
    before, state = state, state.copy()
    for i in order:
        drive = weights[i] @ before
        if drive != 0:
            state[i] = 1 if drive > 0 else -1
    return state
