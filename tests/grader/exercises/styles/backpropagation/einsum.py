import numpy as np


def sigmoid(z):
    return np.tanh(z / 2) / 2 + 0.5


def prime(z):
    return sigmoid(z) * sigmoid(-z)


def backprop(weights, biases, x, y):
    acts, zs = [x], []
    for w, b in zip(weights, biases):
        zs.append(np.einsum("mi,oi->mo", acts[-1], w) + b)
        acts.append(sigmoid(zs[-1]))
    deltas = [(acts[-1] - y) * prime(zs[-1]) / len(x)]
    for k in range(len(weights) - 2, -1, -1):
        deltas.insert(0, np.einsum("mo,oi->mi", deltas[0], weights[k + 1]) * prime(zs[k]))
    nabla_w = [np.einsum("mo,mi->oi", d, a) for d, a in zip(deltas, acts)]
    nabla_b = [d.sum(0) for d in deltas]
    return nabla_w, nabla_b
