import numpy as np


def slopes(w, b, x, y):
    e = np.exp(-np.abs(w * x + b))
    a = np.where(w * x + b > 0, 1, e) / (1 + e)
    common = e / np.square(1 + e) * (a - y)
    return np.stack([common * x, common, common * w])
