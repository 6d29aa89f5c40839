import numpy as np


def drop_forward(a, kept, drop, training):
    if not training:
        return a
    return np.where(kept == 1, a / (1 - drop), 0.0)


def drop_backward(da, kept, drop):
    out = da.copy()
    out[kept == 0] = 0
    out /= 1 - drop
    return out


def drop_gradients(weights, biases, x, y, kept, drop):
    m, depth = len(x), len(weights)
    h, a = [x], [None]
    for k in range(depth):
        a.append(1 / (1 + np.exp(-(h[k] @ weights[k].T + biases[k]))))
        h.append(drop_forward(a[-1], kept[k], drop, True) if k < depth - 1 else a[-1])
    delta = a[-1] - y
    nabla_w, nabla_b = [], []
    for k in range(depth - 1, -1, -1):
        nabla_w.append(np.einsum("mo,mi->oi", delta, h[k]) / m)
        nabla_b.append(delta.mean(axis=0))
        if k:
            delta = a[k] * (1 - a[k]) * drop_backward(delta @ weights[k], kept[k - 1], drop)
    return nabla_w[::-1], nabla_b[::-1]
