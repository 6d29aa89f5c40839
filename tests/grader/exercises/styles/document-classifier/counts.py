import numpy as np


def vector(document, n):
    return np.append(np.bincount(document, minlength=n), 1)


def epoch(documents, y, w, b):
    n = len(w)
    v = np.append(w, b)
    count = 0
    for i in range(len(documents)):
        c = vector(documents[i], n)
        if y[i] * np.dot(v, c) <= 0:
            v += y[i] * c
            count += 1
    return v[:n], v[n], count


def classify(documents, w, b):
    v = np.append(w, b)
    return np.array([2.0 * (v @ vector(d, len(w)) > 0) - 1 for d in documents])
