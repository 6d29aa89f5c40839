import numpy as np


def train(x, y, epochs):
    x = x.astype(np.float32)
    w, b = np.zeros(x.shape[1], np.float32), np.float32(0)
    counts = []
    for _ in range(epochs):
        counts.append(0.0)
        for i in range(x.shape[0]):
            if not np.inner(w, x[i]) * y[i] > -b * y[i]:
                w += np.float32(y[i]) * x[i]
                b += np.float32(y[i])
                counts[-1] += 1
    return w, b, counts
