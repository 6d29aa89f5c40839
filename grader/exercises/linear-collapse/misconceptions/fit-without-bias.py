"""Your least squares have a column for each input and none for the bias, so that the corner (0, 0) always gets 0.
Add a column of ones.
"""

import numpy as np


def collapse(weights, biases):
    w, b = weights[0], biases[0]
    for w_next, b_next in zip(weights[1:], biases[1:]):
        w = w_next @ w
        b = w_next @ b + b_next
    return w, b


def gap(table):
    return table[0][0] - table[0][1] - table[1][0] + table[1][1]


def closest_linear(table):
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    w = np.linalg.lstsq(corners, table.ravel(), rcond=None)[0]
    return (corners @ w).reshape(2, 2)
