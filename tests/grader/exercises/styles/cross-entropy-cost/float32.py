import numpy as np


def cross_entropy(z, y):
    z, y = z.astype(np.float32), y.astype(np.float32)
    costs = np.where(z > 0, z * (1 - y), -z * y) + np.log1p(np.exp(-abs(z)))
    return np.float32(costs.sum() / len(z))


def output_delta(z, y):
    with np.errstate(over="ignore"):
        return (1 / (1 + np.exp(-z.astype(np.float32))) - y).astype(np.float32)
