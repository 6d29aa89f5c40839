import numpy as np

F = np.float32


def slope(z):
    return np.exp(-z) / (F(1) + np.exp(-z)) ** 2


def bias_gradients(weights, biases, x, dc_da):
    weights, biases = weights.astype(F), biases.astype(F)
    z = np.zeros(len(weights), F)
    a = F(x)
    for i in range(len(weights)):
        z[i] = weights[i] * a + biases[i]
        a = F(1) / (F(1) + np.exp(-z[i]))
    out = np.ones(len(weights), F)
    for i in range(len(weights)):
        out[i] = slope(z[i]) * np.prod(weights[i + 1 :] * slope(z[i + 1 :])) * F(dc_da)
    return out
