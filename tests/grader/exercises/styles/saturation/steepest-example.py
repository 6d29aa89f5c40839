import numpy as np

SLOPES = {
    "sigmoid": lambda z: (1 - np.tanh(z / 2) ** 2) / 4,
    "tanh": lambda z: 1 - np.square(np.tanh(z)),
    "relu": lambda z: np.heaviside(z, 0),
}


def saturated_shares(z, activation, threshold):
    s = SLOPES[activation](z.astype(np.float32))
    return np.count_nonzero(s < threshold) / s.size, np.mean(np.max(s, axis=0) < threshold, dtype=np.float32)
