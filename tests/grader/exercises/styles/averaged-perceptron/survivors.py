import numpy as np


def train_averaged(x, y, epochs):
    """Each vector of weights counts with the number of examples that it has survived."""
    w, b, c = np.zeros(x.shape[1], np.float32), np.float32(0), 0
    vectors = []
    for i in list(range(len(x))) * epochs:
        if y[i] * (np.inner(w, x[i]) + b) <= 0:
            vectors.append((c, w, b))
            w, b, c = w + np.float32(y[i]) * x[i].astype(np.float32), b + np.float32(y[i]), 0
        c += 1
    vectors.append((c, w, b))
    total = sum(count for count, _, _ in vectors)
    return (
        sum(count * weights for count, weights, _ in vectors) / np.float32(total),
        sum(count * bias for count, _, bias in vectors) / total,
    )
