import numpy as np


class Cell:
    def __init__(self, u, w, b, v, c, m):
        self.u, self.w, self.b, self.v, self.c = u.T, w.T, b[:, None], v.T, c[:, None]
        self.h = np.zeros((len(b), m), dtype=np.float32)

    def step(self, x):
        z = self.u @ x.T + self.w @ self.h + self.b
        self.h = 1 - 2 / (np.exp(2 * z) + 1)
        s = self.v @ self.h + self.c
        s = np.exp(s - np.max(s, axis=0))
        return self.h.T, (s / s.sum(axis=0)).T


def recurrent_forward(x, u, w, b, v, c):
    cell = Cell(u, w, b, v, c, len(x))
    h = np.zeros((x.shape[0], x.shape[1] + 1, len(b)))
    p = np.zeros((x.shape[0], x.shape[1], len(c)))
    for t in range(x.shape[1]):
        h[:, t + 1, :], p[:, t, :] = cell.step(x[:, t, :])
    return [h, p]
