"""Your weights are divided by the number of patterns. Divide by the number of neurons, which is the length of a
pattern.
"""

import numpy as np


def hebbian(patterns):
    n = len(patterns)
    weights = patterns.T @ patterns / n
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
