import numpy as np


def low_and_high(x, y, n):
    for k in range(n):
        inside = [y[i] for i in range(len(x)) if k <= x[i] * n <= k + 1]
        ends = [np.interp(k / n, x, y), np.interp((k + 1) / n, x, y)]
        yield min(inside + ends), max(inside + ends)


def midrange_heights(x, y, n):
    pairs = np.array(list(low_and_high(x, y, n)), dtype=np.float32)
    return pairs.mean(axis=1), np.float32((pairs[:, 1] - pairs[:, 0]).max() / 2)


def enough_windows(x, y, epsilon):
    for i in range(1, len(x)):
        if x[i] == x[i - 1] and abs(y[i] - y[i - 1]) >= 2 * epsilon:
            return
    n = 0
    while True:
        n += 1
        if all(high - low < 2 * epsilon for low, high in low_and_high(x, y, n)):
            return np.int64(n)
