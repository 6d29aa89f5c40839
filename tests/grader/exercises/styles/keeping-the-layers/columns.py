import numpy as np

S = {
    "identity": lambda z: z,
    "sigmoid": lambda z: np.tanh(z / 2) / 2 + 0.5,
    "tanh": lambda z: np.tanh(z),
    "relu": lambda z: np.where(z > 0, z, 0),
    "softmax": lambda z: np.exp(z - np.logaddexp.reduce(z, axis=0)),
}


def layers(weights, biases, x, activations):
    zs, acts = [], [x.T]
    for k, name in enumerate(activations):
        zs.append(weights[k] @ acts[k] + biases[k].reshape(-1, 1))
        acts.append(S[name](zs[k]))
    return [z.T for z in zs], [a.T for a in acts]
