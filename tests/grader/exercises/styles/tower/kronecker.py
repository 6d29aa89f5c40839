import numpy as np


def tower(starts, ends, height, weight):
    m = starts.shape[0]
    w1 = weight * np.repeat(np.eye(m), 2, axis=0)
    b1 = -weight * np.vstack([starts, ends]).T.flatten()
    w2 = height * np.kron(np.ones((1, m)), [[1, -1]])
    return w1, b1, w2, np.array([height / 2 - m * height])
