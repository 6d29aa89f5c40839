import numpy as np


def features(x):
    x = x.astype(np.float32)
    out = np.empty((x.shape[0], 3), np.float32)
    out[:, :2] = x
    out[:, 2] = x.prod(axis=1)
    return out
