import numpy as np


def batches(order, size):
    return np.split(order, range(size, len(order), size))


def epoch(weights, biases, x, y, order, size, rate):
    params = [(w.T.copy(), b.reshape(1, -1).copy()) for w, b in zip(weights, biases)]
    x, y = x[order], y[order]
    start = 0
    while start < len(x):
        stop = min(start + size, len(x))
        outs = [x[start:stop]]
        for w, b in params:
            outs.append(1 / (1 + np.exp(-(outs[-1].dot(w) + b))))
        back = (outs[-1] - y[start:stop]) / (stop - start)
        for k in range(len(params) - 1, -1, -1):
            w, b = params[k]
            delta = back * outs[k + 1] * (1 - outs[k + 1])
            back = delta.dot(w.T)
            params[k] = w - rate * outs[k].T.dot(delta), b - rate * delta.sum(axis=0, keepdims=True)
        start = stop
    return [w.T for w, _ in params], [b[0] for _, b in params]
