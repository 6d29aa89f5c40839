"""Your sum has the bump's form and lies too low everywhere, as the output's bias is −h/2. That would make a
threshold between off and on; a bump is to be added to others, so its bias is 0.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def bump(start, end, height, weight):
    w1 = np.array([[weight], [weight]])
    b1 = np.array([-weight * start, -weight * end])
    w2 = np.array([[height, -height]])
    b2 = np.array([-height / 2])
    return w1, b1, w2, b2


def weighted_sum(x, w1, b1, w2, b2):
    hidden = sigmoid(x[:, None] @ w1.T + b1)
    return (hidden @ w2.T + b2)[:, 0]
