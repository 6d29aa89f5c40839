import numpy as np


def deepen(weights, biases, at, scale):
    ws, bs = [], []
    for i, (w, b) in enumerate(zip(weights, biases)):
        w, b = w.astype(np.float32), b.astype(np.float32)
        if i == at + 1:
            out = np.float32(4 / scale)
            ws.append(np.diag(np.full(w.shape[1], scale, np.float32)))
            bs.append(-ws[-1].sum(axis=0) / 2)
            b = b + w @ np.full(w.shape[1], 0.5 - out / 2, np.float32)
            w = out * w
        ws.append(w)
        bs.append(b)
    return tuple(ws), tuple(bs)
