import numpy as np


def layers(weights, biases, x):
    a = x
    for w, b in zip(weights, biases):
        a = np.tanh((a @ w.T + b) / 2) / 2 + 0.5
        yield a


def hidden(weights, biases, x):
    return list(layers(weights, biases, x))[:-1]


def saturation(weights, biases, x, margin):
    return np.array([(abs(a - 0.5) >= 0.5 - margin).mean() for a in hidden(weights, biases, x)])


def mean_activations(weights, biases, x):
    return np.array([a.sum() / a.size for a in hidden(weights, biases, x)])


def stuck_neurons(weights, biases, x, margin):
    return np.array(
        [
            np.count_nonzero((a.max(axis=0) <= margin) | (a.min(axis=0) >= 1 - margin))
            for a in hidden(weights, biases, x)
        ]
    )
