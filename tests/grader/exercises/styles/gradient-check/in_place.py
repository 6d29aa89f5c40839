import numpy as np


def cost(w, b, x, y):
    a = np.exp(-np.logaddexp(0, -(np.einsum("mi,oi->mo", x, w) + b)))
    return np.linalg.norm(a - y) ** 2 / 2 / x.shape[0]


def central_differences(w, b, x, y, h):
    dw, db = np.empty_like(w), np.empty_like(b)
    for p, d in ((w, dw), (b, db)):
        it = np.nditer(p, flags=["multi_index"])
        while not it.finished:
            i = it.multi_index
            old = p[i].copy()
            p[i] = old + h
            d[i] = cost(w, b, x, y)
            p[i] = old - h
            d[i] -= cost(w, b, x, y)
            p[i] = old
            it.iternext()
        d /= 2 * h
    return dw, db


def relative_error(g, e):
    return np.linalg.norm((g - e).ravel()) / (np.linalg.norm(e.ravel()) or 1.0)


def wrong_ones(gradients, measured, gate):
    right = {i for i, g in enumerate(gradients) if relative_error(g, measured) <= gate}
    return sorted(set(range(len(gradients))) - right)
