import numpy as np


def layers(weights, biases, x, activations):
    f = np.float32
    zs, acts = [], [x.astype(f)]
    for w, b, name in zip(weights, biases, activations):
        z = np.einsum("ij,kj->ik", acts[-1], w.astype(f)) + b.astype(f)
        if name == "softmax":
            a = np.exp(z - np.max(z, axis=-1, keepdims=True))
            a /= np.sum(a, axis=-1, keepdims=True)
        elif name == "relu":
            a = z.clip(min=0)
        elif name == "sigmoid":
            a = f(1) / (f(1) + np.exp(-z))
        else:
            a = np.tanh(z) if name == "tanh" else z
        zs.append(z)
        acts.append(a)
    return zs, acts
