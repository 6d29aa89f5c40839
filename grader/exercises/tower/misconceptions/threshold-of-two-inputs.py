"""Your output's bias is −3h/2, which is the threshold for two inputs. With m of them the sum is mh when all are
inside and (m − 1)h when one is not: the threshold lies between these.
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
    b2 = np.array([-1.5 * height])
    return w1, b1, w2, b2
