import numpy as np

F = np.float32


def hidden(weights, biases, x):
    a, found = x.astype(F).T, []
    for w, b in zip(weights, biases):
        a = F(1) / (F(1) + np.exp(-(w.astype(F) @ a + b.astype(F)[:, None])))
        found.append(a)
    return found[:-1]


def saturation(weights, biases, x, margin):
    return [1 - np.mean(np.logical_and(a > margin, a < 1 - margin)) for a in hidden(weights, biases, x)]


def mean_activations(weights, biases, x):
    return [np.mean(a) for a in hidden(weights, biases, x)]


def stuck_neurons(weights, biases, x, margin):
    sides = [np.where(a <= margin, -1, np.where(a >= 1 - margin, 1, 0)) for a in hidden(weights, biases, x)]
    return [int((abs(s.sum(axis=1)) == s.shape[1]).sum()) for s in sides]
