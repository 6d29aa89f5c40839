import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def batches(order, size):
    out = []
    for k, row in enumerate(order):
        if k % size == 0:
            out.append([])
        out[-1].append(int(row))
    return out


def gradient(weights, biases, example, target):
    acts = [example]
    for w, b in zip(weights, biases):
        acts.append(sigmoid(np.dot(w, acts[-1]) + b))
    delta = (acts[-1] - target) * acts[-1] * (1 - acts[-1])
    ws, bs = [], []
    for k in range(len(weights) - 1, -1, -1):
        ws.append(np.outer(delta, acts[k]))
        bs.append(delta)
        delta = np.dot(weights[k].T, delta) * acts[k] * (1 - acts[k])
    return ws[::-1], bs[::-1]


def epoch(weights, biases, x, y, order, size, rate):
    weights = [np.array(w, copy=True) for w in weights]
    biases = [np.array(b, copy=True) for b in biases]
    for batch in batches(order, size):
        found = [gradient(weights, biases, x[i], y[i]) for i in batch]
        for ws, bs in found:
            for k in range(len(weights)):
                weights[k] -= rate / len(batch) * ws[k]
                biases[k] -= rate / len(batch) * bs[k]
    return weights, biases
