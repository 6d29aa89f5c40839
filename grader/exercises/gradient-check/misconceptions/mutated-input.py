"""`w` and `b` come out changed by rounding: adding h and taking it away again isn't always nothing. Work on
copies.
"""

import numpy as np


def cost(w, b, x, y):
    a = 1 / (1 + np.exp(-(x @ w.T + b)))
    return np.sum((a - y) ** 2) / (2 * len(x))


def central_differences(w, b, x, y, h):
    gradients = []
    for parameter in (w, b):
        gradient = np.zeros(parameter.shape)
        for index in np.ndindex(parameter.shape):
            parameter[index] += h
            above = cost(w, b, x, y)
            parameter[index] -= 2 * h
            below = cost(w, b, x, y)
            parameter[index] += h
            gradient[index] = (above - below) / (2 * h)
        gradients.append(gradient)
    return tuple(gradients)


def relative_error(g, e):
    length = np.linalg.norm(e)
    return np.linalg.norm(g - e) / (length if length > 0 else 1)


def wrong_ones(gradients, measured, gate):
    # A comparison with nan is false: what is not right is wrong.
    return [i for i, g in enumerate(gradients) if not relative_error(g, measured) <= gate]
