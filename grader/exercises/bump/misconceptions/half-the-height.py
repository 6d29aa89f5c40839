"""Your bump has half of its height: the height is shared between the two steps. They do not add up, as the
second one is still 0 inside the bump; the first one alone makes it h.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def bump(start, end, height, weight):
    w1 = np.array([[weight], [weight]])
    b1 = np.array([-weight * start, -weight * end])
    w2 = np.array([[height / 2, -height / 2]])
    b2 = np.array([0.0])
    return w1, b1, w2, b2


def weighted_sum(x, w1, b1, w2, b2):
    hidden = sigmoid(x[:, None] @ w1.T + b1)
    return (hidden @ w2.T + b2)[:, 0]
