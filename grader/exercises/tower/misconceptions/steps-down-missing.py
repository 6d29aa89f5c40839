"""Your inputs add h from their start on and never lose it again: the second neuron of a pair has the output
weight 0. With −h it takes the step back at the end.
"""

import numpy as np


def tower(starts, ends, height, weight):
    m = len(starts)
    w1 = np.zeros((2 * m, m))
    b1 = np.zeros(2 * m)
    w2 = np.zeros((1, 2 * m))
    for i in range(m):
        up, down = 2 * i, 2 * i + 1
        w1[up, i] = weight
        w1[down, i] = weight
        b1[up] = -weight * starts[i]
        b1[down] = -weight * ends[i]
        w2[0, up] = height
        w2[0, down] = 0
    b2 = np.array([-(m - 0.5) * height])
    return w1, b1, w2, b2
