import numpy as np


def sgd_epoch(weights, biases, x, labels, order, size, rate, strength):
    pixels = x.T / 256
    n = pixels.shape[1]
    identity = np.identity(biases[-1].size)
    for first in range(0, n, size):
        chosen = order[first : first + size]
        a, kept = pixels[:, chosen], []
        for w, b in zip(weights, biases):
            kept.append(a)
            a = 1 / (1 + np.exp(-(w @ a + b[:, np.newaxis])))
        delta = a - identity[:, labels[chosen]]
        for layer, a in reversed(list(enumerate(kept))):
            back = weights[layer].T @ delta
            weights[layer] *= 1 - rate * strength / n
            weights[layer] -= rate / chosen.size * (delta @ a.T)
            biases[layer] -= rate * delta.mean(axis=1)
            delta = back * a * (1 - a)
    return weights, biases
