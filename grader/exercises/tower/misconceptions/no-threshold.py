"""Your output's bias is 0, so that a single input inside of its interval makes the output 1. A tower needs a
threshold between (m − 1)h and mh.
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
        w2[0, down] = -height
    b2 = np.zeros(1)
    return w1, b1, w2, b2
