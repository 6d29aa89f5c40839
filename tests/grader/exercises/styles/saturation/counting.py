import numpy as np


def saturated_shares(z, activation, threshold):
    if activation == "sigmoid":
        a = 1 / (1 + np.exp(-z))
        steep = a * (1 - a) >= threshold
    elif activation == "tanh":
        steep = 1 - np.tanh(z) ** 2 >= threshold
    elif activation == "relu":
        steep = z > 0
    learning = set(np.nonzero(steep)[1].tolist())
    return np.array([1 - steep.mean(), 1 - len(learning) / z.shape[1]])
