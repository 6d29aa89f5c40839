import numpy as np


def bump(start, end, height, weight):
    w1 = np.full((2, 1), weight, dtype=np.float32)
    b1 = (-weight * np.array([start, end])).astype(np.float32)
    w2 = np.array([[height, -height]], dtype=np.float32)
    return w1, b1, w2, np.zeros(1, dtype=np.float32)


def weighted_sum(x, w1, b1, w2, b2):
    x = x.reshape(-1, 1)
    z = x * w1.ravel() + b1
    a = np.where(z > 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))
    return (a * w2[0]).sum(axis=1) + b2
