"""Your network comes close to σ(z), the output, and not to z. The output neuron applies σ to the weighted sum
itself, so the sum is to be z as it stands.
"""

import numpy as np

NEURONS = 10
WEIGHTS = (10, 20, 40, 80, 160)
POSITIONS = np.linspace(0, 1, 101)


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def improved_network(x, z):
    x, z = x[::5], sigmoid(z[::5])
    w, s = (a.ravel() for a in np.meshgrid(WEIGHTS, POSITIONS))
    steps = sigmoid(w * (x[:, None] - s))
    ones = np.ones((len(x), 1))

    def best_addition(chosen):
        # What the chosen steps can do is taken out of everything; the rest of z is to lie along the rest of a step.
        q, _ = np.linalg.qr(np.hstack([ones, steps[:, chosen]]))
        rest = steps - q @ (q.T @ steps)
        missing = z - q @ (q.T @ z)
        return np.argmax(np.abs(missing @ rest) / np.maximum(np.linalg.norm(rest, axis=0), 1e-3))

    chosen = []
    for _ in range(NEURONS):
        chosen.append(best_addition(chosen))
    # Early choices did not know of the later ones: each is made again, three times over.
    for _ in range(3 * NEURONS):
        chosen = chosen[1:]
        chosen.append(best_addition(chosen))
    *v, c = np.linalg.lstsq(np.hstack([steps[:, chosen], ones]), z, rcond=None)[0]
    return w[chosen], -w[chosen] * s[chosen], np.array(v), c
