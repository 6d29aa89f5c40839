"""Your closest table agrees with the given one in three corners and is off by the whole gap in the fourth. Shared
out evenly, a quarter of it in each corner, the squares add up to less.
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
    closest = np.array(table)
    closest[1, 1] -= gap(table)
    return closest
