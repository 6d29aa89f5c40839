import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def backprop(weights, biases, x, y):
    acts, zs = [x], []
    for w, b in zip(weights, biases):
        zs.append(np.dot(acts[-1], w.T) + b)
        acts.append(sigmoid(zs[-1]))
    delta = (acts[-1] - y) / len(x)
    nabla_w, nabla_b = [None] * len(weights), [None] * len(weights)
    nabla_w[-1], nabla_b[-1] = np.dot(delta.T, acts[-2]), delta.sum(0)
    for k in range(2, len(weights) + 1):
        delta = np.dot(delta, weights[-k + 1]) * acts[-k] * (1 - acts[-k])
        nabla_w[-k], nabla_b[-k] = np.dot(delta.T, acts[-k - 1]), delta.sum(0)
    return nabla_w, nabla_b


def sgd_epoch(weights, biases, x, labels, order, size, rate, strength):
    n = len(x)
    inputs = x[order].astype(np.float32) / 256
    targets = (labels[order][:, None] == np.arange(len(biases[-1]))).astype(float)
    for k in range(0, n, size):
        nabla_w, nabla_b = backprop(weights, biases, inputs[k : k + size], targets[k : k + size])
        weights = [w - rate * (g + strength / n * w) for w, g in zip(weights, nabla_w)]
        biases = [b - rate * g for b, g in zip(biases, nabla_b)]
    return weights, biases
