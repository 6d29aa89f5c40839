import numpy as np


def centering_biases(weights, x):
    w = np.asarray(weights, dtype=np.float32)
    b = np.multiply(w, np.float32(-0.5))
    b[0] = -w[0] * np.float32(x)
    return b


def growth_factors(weights):
    return np.delete(weights, 0).astype(np.float32) * np.float32(0.25)
