import numpy as np


def features(x):
    u = x @ np.array([[1.0, 1.0], [1.0, -1.0]])
    mixed = (u[:, 0] ** 2 - u[:, 1] ** 2) / 4
    return np.hstack([u, mixed[:, np.newaxis]])
