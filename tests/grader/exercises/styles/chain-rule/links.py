import numpy as np


class Link:
    """A value, and its slope in what it was made from."""

    def __init__(self, value, slope):
        self.value, self.slope = value, slope


def slopes(w, b, x, y):
    w, b, x, y = (np.asarray(v, dtype=np.float32 if np.ndim(v) else float) for v in (w, b, x, y))
    z = w * x + b
    a = Link((np.tanh(z / 2) + 1) / 2, (1 - np.tanh(z / 2) ** 2) / 4)
    cost = Link((a.value - y) ** 2 / 2, a.value - y)
    return tuple(cost.slope * a.slope * dz for dz in (x, np.ones_like(b), w))
