import numpy as np


def width(w):
    w = np.abs(w)
    with np.errstate(all="ignore"):
        found = 2 / w * np.log(w * (1 + np.sqrt(1 - 4 / w)) / 2 - 1)
    return np.where(w >= 4, found, 0.0)


def interval(w, b):
    return (-b / w - width(w) / 2, -b / w + width(w) / 2) if abs(w) >= 4 else None


def widest():
    golden = (np.sqrt(5) - 1) / 2
    a, b = 4.0, 15.0
    while b - a > 1e-5:
        c, d = b - golden * (b - a), a + golden * (b - a)
        a, b = (a, d) if width(c) > width(d) else (c, b)
    return (a + b) / 2, width((a + b) / 2)
