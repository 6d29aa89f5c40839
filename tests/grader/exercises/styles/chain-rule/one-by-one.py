import math

import numpy as np


def of_one(w, b, x, y):
    z = w * x + b
    a = 1 / (1 + math.exp(-z)) if z >= 0 else 1 - 1 / (1 + math.exp(z))
    dc_da, da_dz = a - y, a * (1 - a)
    return [dc_da * da_dz * dz for dz in (x, 1, w)]


def slopes(w, b, x, y):
    if np.ndim(w) == 0:
        return of_one(w, b, x, y)
    found = [of_one(*four) for four in zip(w.tolist(), b.tolist(), x.tolist(), y.tolist())]
    return [list(column) for column in zip(*found)]
