"""Your output weights are m times h and then m times −h, while the hidden neurons come in pairs. Output weight
j belongs to hidden neuron j: keep one order.
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
        w2[0, i] = height
        w2[0, m + i] = -height
    b2 = np.array([-(m - 0.5) * height])
    return w1, b1, w2, b2
