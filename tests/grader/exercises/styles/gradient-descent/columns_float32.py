import numpy as np

F = np.float32


def descend(a, bottom, w, rate, steps):
    a, low, at = a.astype(F), bottom.astype(F)[:, None], w.astype(F)[:, None]
    path = at
    for _ in range(steps):
        at = at - F(rate) * (a @ (at - low))
        path = np.concatenate([path, at], axis=1)
    d = path - low
    return path.T, (d * (a @ d)).sum(axis=0) / F(2)
