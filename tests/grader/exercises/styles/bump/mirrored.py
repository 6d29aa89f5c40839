import numpy as np


def bump(start, end, height, weight):
    # The second neuron is on left of `end`, and the output's bias takes its height away.
    w1 = weight * np.array([[1.0], [-1.0]])
    b1 = -w1[:, 0] * np.array([start, end])
    return w1, b1, np.full((1, 2), height), np.array([-height])


def weighted_sum(x, w1, b1, w2, b2):
    z = np.outer(w1, x) + b1[:, np.newaxis]
    a = (1 + np.tanh(z / 2)) / 2
    return np.einsum("oj,jm->m", w2, a) + b2.item()
