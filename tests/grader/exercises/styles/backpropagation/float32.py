import numpy as np


def backprop(weights, biases, x, y):
    weights = [w.astype(np.float32) for w in weights]
    biases = [b.astype(np.float32) for b in biases]
    acts = [x.astype(np.float32)]
    for w, b in zip(weights, biases):
        acts.append(1 / (1 + np.exp(-(acts[-1] @ w.T + b))))
    delta = (acts[-1] - y.astype(np.float32)) * acts[-1] * (1 - acts[-1]) / np.float32(len(x))
    nabla_w, nabla_b = [], []
    for k in reversed(range(len(weights))):
        nabla_w.insert(0, delta.T @ acts[k])
        nabla_b.insert(0, delta.sum(axis=0))
        delta = delta @ weights[k] * acts[k] * (1 - acts[k])
    return nabla_w, nabla_b
