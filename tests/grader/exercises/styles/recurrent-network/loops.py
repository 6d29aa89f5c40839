import numpy as np


def recurrent_forward(x, u, w, b, v, c):
    states, outputs = [], []
    for sequence in x:
        h = np.zeros(len(b))
        states.append([h])
        outputs.append([])
        for step in sequence:
            h = np.tanh(np.dot(u.T, step) + np.dot(w.T, h) + b)
            e = np.exp(np.dot(v.T, h) + c)
            states[-1].append(h)
            outputs[-1].append(e / np.sum(e))
    return states, outputs
