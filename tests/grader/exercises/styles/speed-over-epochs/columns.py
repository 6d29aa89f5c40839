import numpy as np


def descend(weights, biases, x, y, rate, decay):
    """Columns are examples."""
    m = x.shape[0]
    acts = [x.T]
    for w, b in zip(weights, biases):
        acts.append(1 / (1 + np.exp(-(w @ acts[-1] + b[:, None]))))
    d = (acts[-1] - y.T) / m
    deltas = [d]
    for w, a in zip(weights[:0:-1], acts[-2:0:-1]):
        d = (w.T @ d) * a * (1 - a)
        deltas.append(d)
    deltas = deltas[::-1]
    shrink = 1 - rate * decay / m
    return (
        [shrink * w - rate * (d @ a.T) for w, d, a in zip(weights, deltas, acts)],
        [b - rate * d.sum(axis=1) for b, d in zip(biases, deltas)],
        np.array([np.sqrt((d.sum(axis=1) ** 2).sum()) for d in deltas[:-1]]),
    )
