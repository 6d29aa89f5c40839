import numpy as np

F = np.float32


def backward(delta_next, w_next, z, a_before):
    a = F(1) / (F(1) + np.exp(-z.astype(F)))
    delta = np.matmul(delta_next.astype(F), w_next.astype(F)) * (a - np.square(a))
    share = delta / F(len(delta))
    return delta, share.T.dot(a_before.astype(F)), share.sum(axis=0)
