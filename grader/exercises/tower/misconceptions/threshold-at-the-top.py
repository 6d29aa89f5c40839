"""Your output's bias is −mh, so that the weighted sum inside of the box is 0 and the output ½. Put the
threshold half a step lower, between mh and (m − 1)h.
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
    b2 = np.array([-m * height])
    return w1, b1, w2, b2
