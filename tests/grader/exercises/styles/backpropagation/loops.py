import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def backprop(weights, biases, x, y):
    nabla_w = [np.zeros(w.shape) for w in weights]
    nabla_b = [np.zeros(b.shape) for b in biases]
    for example, target in zip(x, y):
        acts, zs = [example], []
        for w, b in zip(weights, biases):
            zs.append(np.dot(w, acts[-1]) + b)
            acts.append(sigmoid(zs[-1]))
        delta = (acts[-1] - target) * prime(zs[-1])
        for k in range(len(weights) - 1, -1, -1):
            nabla_w[k] += np.outer(delta, acts[k])
            nabla_b[k] += delta
            if k > 0:
                delta = np.dot(weights[k].T, delta) * prime(zs[k - 1])
    n = len(x)
    return [w / n for w in nabla_w], [b / n for b in nabla_b]
