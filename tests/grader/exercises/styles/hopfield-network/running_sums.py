import numpy as np


def hebbian(patterns):
    w = np.einsum("pi,pj->ij", patterns, patterns) / patterns.shape[1]
    return w * (1 - np.eye(len(w)))


def energy(weights, state):
    return np.float64(-np.einsum("i,ij,j", state, weights, state) / 2)


def recall(weights, state, order):
    state = np.array(state)
    for i in map(int, order):
        drive = weights[i].dot(state)
        if drive * state[i] < 0:
            state[i] *= -1
    return state
