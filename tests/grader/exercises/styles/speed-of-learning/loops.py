import math

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def layer_norms(weights, biases, x, y):
    totals = [np.zeros(len(b)) for b in biases[:-1]]
    for example, target in zip(x, y):
        a, zs = example, []
        for w, b in zip(weights, biases):
            zs.append(np.dot(w, a) + b)
            a = sigmoid(zs[-1])
        delta = a - target
        for k in range(len(totals) - 1, -1, -1):
            delta = np.dot(weights[k + 1].T, delta) * prime(zs[k])
            totals[k] += delta
    means = [total / len(x) for total in totals]
    return [math.sqrt(sum(v * v for v in mean)) for mean in means]
