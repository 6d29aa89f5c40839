"""Your hidden biases list all starts and then all ends, while the rows of `w1` come in pairs, one pair an
input. Row j and bias j belong to one neuron: keep one order.
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
        b1[i] = -weight * starts[i]
        b1[m + i] = -weight * ends[i]
        w2[0, up] = height
        w2[0, down] = -height
    b2 = np.array([-(m - 0.5) * height])
    return w1, b1, w2, b2
