import numpy as np


def recurrent_forward(x, u, w, b, v, c):
    both = np.vstack([u, w, b])
    one = np.ones((x.shape[0], 1))
    hidden = [np.zeros((x.shape[0], w.shape[0]))]
    for step in np.moveaxis(x, 1, 0):
        hidden.append(np.tanh(np.hstack([step, hidden[-1], one]) @ both))
    z = np.einsum("tmn,nk->mtk", np.array(hidden[1:]), v) + c
    p = np.exp(z)
    p /= p.sum(axis=2)[..., None]
    return np.stack(hidden, axis=1), p
