import numpy as np


def identity_neuron(w1):
    slope = np.exp(0) / (1 + np.exp(0)) ** 2
    w2 = 1 / (w1 * slope)
    return np.array([-w1 / 2, w2, 1 / 2 - w2 / (1 + np.exp(0))])


def largest_error(w1):
    b, w2, c = identity_neuron(w1)
    worst = 0.0
    for x in np.arange(0, 1, 0.01):
        worst = max(worst, abs(w2 / (1 + np.exp(-w1 * x - b)) + c - x))
    return worst


def first_weight(tolerance):
    low, high = 1e-3, 8.0
    for _ in range(60):
        middle = np.sqrt(low * high)
        if largest_error(middle) <= 0.97 * tolerance:
            low = middle
        else:
            high = middle
    return low
