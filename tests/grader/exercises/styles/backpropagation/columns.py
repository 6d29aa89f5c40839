import numpy as np


def backprop(weights, biases, x, y):
    def s(z):
        return 1 / (1 + np.exp(-z))

    a = x.T
    kept = [a]
    for w, b in zip(weights, biases):
        a = s(w @ a + b[:, None])
        kept.append(a)
    delta = (a - y.T) * a * (1 - a)
    ws, bs = [], []
    for w, a in zip(weights[::-1], kept[-2::-1]):
        ws.append(delta @ a.T / x.shape[0])
        bs.append(delta.mean(axis=1))
        delta = (w.T @ delta) * a * (1 - a)
    return ws[::-1], bs[::-1]
