import numpy as np

F = np.float32


def descend(weights, biases, x, y, rate, decay):
    weights, biases = [np.array(w, F) for w in weights], [np.array(b, F) for b in biases]
    acts = [x.astype(F)]
    for w, b in zip(weights, biases):
        acts.append(F(1) / (F(1) + np.exp(-(acts[-1] @ w.T + b))))
    delta = acts[-1] - y.astype(F)
    norms = ()
    for k in range(len(weights) - 1, -1, -1):
        before = weights[k].copy()
        b_slope = delta.mean(axis=0)
        if k < len(weights) - 1:
            norms = (np.linalg.norm(b_slope), *norms)
        weights[k] -= F(rate) * (delta.T @ acts[k] + F(decay) * before) / F(len(x))
        biases[k] -= F(rate) * b_slope
        delta = delta @ before * acts[k] * (F(1) - acts[k])
    return weights, biases, norms
