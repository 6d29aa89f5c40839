import numpy as np


def activate(z, name):
    if name == "identity":
        return z.copy()
    elif name == "sigmoid":
        return 1.0 / (1.0 + np.exp(-z))
    elif name == "tanh":
        return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    elif name == "relu":
        return z * (z > 0)
    shifted = (z.T - z.max(axis=1)).T
    return (np.exp(shifted).T / np.exp(shifted).sum(axis=1)).T


def layers(weights, biases, x, activations):
    z_list = []
    a_list = [x]
    a = x
    for i in range(len(weights)):
        z = np.dot(a, weights[i].T) + biases[i]
        a = activate(z, activations[i])
        z_list.append(z)
        a_list.append(a)
    return [z_list, a_list]
