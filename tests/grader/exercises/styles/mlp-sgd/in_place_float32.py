import numpy as np


def sgd_epoch(weights, biases, x, labels, order, size, rate, strength):
    ws = [w.astype(np.float32) for w in weights]
    bs = [b.astype(np.float32) for b in biases]
    scale = np.float32(1 / 256)
    for batch in np.split(order, np.arange(size, len(order), size)):
        m = len(batch)
        acts = [x[batch] * scale]
        for w, b in zip(ws, bs):
            z = acts[-1] @ w.T
            z += b
            acts.append(1 / (1 + np.exp(-z)))
        delta = acts[-1].copy()
        delta[np.arange(m), labels[batch]] -= 1
        delta *= np.float32(rate / m)
        for k in range(len(ws) - 1, -1, -1):
            back = delta @ ws[k] * acts[k] * (1 - acts[k]) if k else None
            ws[k] *= np.float32(1 - rate * strength / len(x))
            ws[k] -= delta.T @ acts[k]
            bs[k] -= delta.sum(axis=0)
            delta = back
    return tuple(ws), tuple(bs)
