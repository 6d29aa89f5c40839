"""Your `carrying_gain` returns the place of the gain in the list. Return the gain itself, `gains[i]`."""

import numpy as np


def activate(z, activation):
    return np.tanh(z) if activation == "tanh" else np.maximum(z, 0)


def slope(z, activation):
    return 1 - np.tanh(z) ** 2 if activation == "tanh" else np.where(z > 0, 1.0, 0.0)


def forward(x, normals, gain, activation):
    weights, zs, activations = [], [], []
    a = x
    for normal in normals:
        w = gain / np.sqrt(normal.shape[1]) * normal
        z = a @ w.T
        a = activate(z, activation)
        weights.append(w)
        zs.append(z)
        activations.append(a)
    return weights, zs, activations


def spreads(x, normals, gains, activation):
    rows = []
    for gain in gains:
        _, _, activations = forward(x, normals, gain, activation)
        rows.append([np.std(a) for a in activations])
    return np.array(rows)


def error_spreads(x, normals, gains, activation, errors):
    rows = []
    for gain in gains:
        weights, zs, _ = forward(x, normals, gain, activation)
        delta = errors * slope(zs[-1], activation)
        row = [np.std(delta)]
        for layer in reversed(range(len(weights) - 1)):
            delta = (delta @ weights[layer + 1]) * slope(zs[layer], activation)
            row.insert(0, np.std(delta))
        rows.append(row)
    return np.array(rows)


def carrying_gain(x, normals, gains, activation, errors):
    rows = error_spreads(x, normals, gains, activation, errors)
    off = np.abs(np.log(rows[:, 0] / rows[:, -1]))
    return np.argmin(off)
