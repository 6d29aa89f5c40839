import numpy as np


def drop_forward(a, kept, drop, training):
    return a * (kept if training else 1) * (1 / (1 - drop) if training else 1)


def drop_backward(da, kept, drop):
    return np.multiply(da, kept) / (1 - drop)


def drop_gradients(weights, biases, x, y, kept, drop):
    def recur(ws, bs, h, ks):
        """Gradients from this layer on, and the slope in its input; columns are examples."""
        if not ws:
            return [], [], None
        a = 1 / (1 + np.exp(-(ws[0] @ h + bs[0][:, None])))
        if len(ws) == 1:
            delta = (a - y.T) / y.shape[0]
            return [delta @ h.T], [delta.sum(axis=1)], ws[0].T @ delta
        mask = ks[0].T / (1 - drop)
        nw, nb, back = recur(ws[1:], bs[1:], a * mask, ks[1:])
        delta = back * mask * a * (1 - a)
        return [delta @ h.T, *nw], [delta.sum(axis=1), *nb], ws[0].T @ delta

    nabla_w, nabla_b, _ = recur(weights, biases, x.T, kept)
    return nabla_w, nabla_b
