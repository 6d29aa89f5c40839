import numpy as np

F = np.float32


def sigmoid(z):
    return F(1) / (F(1) + np.exp(-z))


def backprop(weights, biases, x, y):
    acts = [x]
    for w, b in zip(weights, biases):
        acts.append(sigmoid(acts[-1] @ w.T + b))
    delta = (acts[-1] - y) / F(len(x))
    nabla_b = [delta.sum(axis=0)]
    for k in range(2, len(weights) + 1):
        delta = delta @ weights[1 - k] * acts[-k] * (F(1) - acts[-k])
        nabla_b = [delta.sum(axis=0), *nabla_b]
    return nabla_b


def layer_norms(weights, biases, x, y):
    nabla_b = backprop([w.astype(F) for w in weights], [b.astype(F) for b in biases], x.astype(F), y.astype(F))
    return [np.linalg.norm(b) for b in nabla_b[:-1]]
