"""Your gap compares two corners of the table only. All four count: the two on the diagonal with plus, the two
others with minus.
"""

import numpy as np


def collapse(weights, biases):
    w, b = weights[0], biases[0]
    for w_next, b_next in zip(weights[1:], biases[1:]):
        w = w_next @ w
        b = w_next @ b + b_next
    return w, b


def gap(table):
    return table[1][1] - table[0][0]


def closest_linear(table):
    # What no linear function can follow is one pattern, and the gap says how much of it is there.
    pattern = np.array([[1, -1], [-1, 1]])
    return table - gap(table) / 4 * pattern
