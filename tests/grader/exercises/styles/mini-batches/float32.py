import numpy as np


def batches(order, size):
    rest = tuple(order)
    found = ()
    while rest:
        found += (rest[:size],)
        rest = rest[size:]
    return found


def epoch(weights, biases, x, y, order, size, rate):
    x, y = x.astype(np.float32), y.astype(np.float32)
    layers = [np.hstack([w, b[:, None]]).astype(np.float32) for w, b in zip(weights, biases)]
    for rows in batches(order, size):
        rows = list(rows)
        one = np.ones((len(rows), 1), np.float32)
        outs = [np.hstack([x[rows], one])]
        for layer in layers:
            a = 1 / (1 + np.exp(-outs[-1] @ layer.T))
            outs.append(np.hstack([a, one]))
        a = outs[-1][:, :-1]
        delta = (a - y[rows]) * a * (1 - a) / np.float32(len(rows))
        moves = []
        for layer, out in zip(layers[::-1], outs[-2::-1]):
            moves.insert(0, np.float32(rate) * delta.T @ out)
            delta = (delta @ layer * out * (1 - out))[:, :-1]
        layers = [layer - move for layer, move in zip(layers, moves)]
    return [layer[:, :-1] for layer in layers], [layer[:, -1] for layer in layers]
