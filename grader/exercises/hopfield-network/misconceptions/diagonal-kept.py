"""Your weights have k/n on the diagonal: each neuron feeds itself. Set it to 0, or a neuron holds on to what it is."""


def hebbian(patterns):
    n = patterns.shape[1]
    weights = patterns.T @ patterns / n
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
