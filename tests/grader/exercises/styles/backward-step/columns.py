import numpy as np


def backward(delta_next, w_next, z, a_before):
    a = 1 / (1 + np.exp(-z.T))
    error = np.dot(w_next.T, delta_next.T) * a * (1 - a)
    nabla_w = np.zeros((error.shape[0], a_before.shape[1]))
    nabla_b = np.zeros((error.shape[0], 1))
    for e, example in zip(error.T, a_before):
        nabla_w += np.outer(e, example)
        nabla_b += e.reshape(-1, 1)
    m = error.shape[1]
    return error.T, nabla_w / m, nabla_b.ravel() / m
