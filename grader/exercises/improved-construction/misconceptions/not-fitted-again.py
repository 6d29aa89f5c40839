"""Your neurons are chosen one by one, each with the output weight that suited when it came, and earlier ones are
never corrected. Fit all output weights again once the neurons are chosen.
"""

import numpy as np

NEURONS = 10
WEIGHTS = (10, 20, 40, 80, 160)
POSITIONS = np.linspace(0, 1, 101)


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def improved_network(x, z):
    x, z = x[::5], z[::5]
    w, s = (a.ravel() for a in np.meshgrid(WEIGHTS, POSITIONS))
    steps = sigmoid(w * (x[:, None] - s))

    def best_addition(missing):
        return np.argmax(np.abs(missing @ steps) / np.linalg.norm(steps, axis=0))

    chosen, v, c = [], [], z.mean()
    missing = z - c
    for _ in range(NEURONS):
        best = best_addition(missing)
        chosen.append(best)
        v.append(steps[:, best] @ missing / (steps[:, best] @ steps[:, best]))
        missing = missing - v[-1] * steps[:, best]
    return w[chosen], -w[chosen] * s[chosen], np.array(v), c
