"""Back-propagation one example and one neuron's sum at a time: slow, and plain enough to be held against."""

import numpy as np

from mlcore.activations import sigmoid, sigmoid_prime


def train_epoch(weights, biases, x, y, batch, rate, decay, order):
    """One epoch of sigmoid layers with the cross-entropy: gradients summed over a batch, example by example."""
    weights, biases = [w.copy() for w in weights], [b.copy() for b in biases]
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        sum_w, sum_b = [np.zeros_like(w) for w in weights], [np.zeros_like(b) for b in biases]
        for row in rows:
            for layer, (dw, db) in enumerate(zip(*gradients(weights, biases, x[row], y[row]), strict=True)):
                sum_w[layer] += dw
                sum_b[layer] += db
        for layer in range(len(weights)):
            weights[layer] = (1 - rate * decay / len(x)) * weights[layer] - rate / len(rows) * sum_w[layer]
            biases[layer] = biases[layer] - rate / len(rows) * sum_b[layer]
    return weights, biases


def gradients(weights, biases, x, y):
    """(dw, db) of one example's cross-entropy, by layers."""
    zs, activations = [], [x]
    for w, b in zip(weights, biases, strict=True):
        zs.append(np.dot(w, activations[-1]) + b)
        activations.append(sigmoid(zs[-1]))
    delta = activations[-1] - y
    dw, db = [np.outer(delta, activations[-2])], [delta]
    for layer in range(len(weights) - 2, -1, -1):
        delta = np.dot(weights[layer + 1].T, delta) * sigmoid_prime(zs[layer])
        dw.insert(0, np.outer(delta, activations[layer]))
        db.insert(0, delta)
    return dw, db
