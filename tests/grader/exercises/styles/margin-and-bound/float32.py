import numpy as np


def margin(w, b, x, y):
    w, b, x = np.float32(w), np.float32(b), x.astype(np.float32)
    inner = x @ w + b
    signed = np.where(y > 0, inner, -inner)
    return np.sort(signed)[0] / np.sqrt(np.sum(w**2) + b * b)


def mistake_bound(w, b, x, y):
    longest = np.sqrt((x.astype(np.float32) ** 2).sum(axis=1) + 1).max()
    return np.array(np.square(longest / margin(w, b, x, y)), dtype=np.float32)
