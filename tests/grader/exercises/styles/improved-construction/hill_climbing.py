import numpy as np


def solve(x, z, neurons):
    a = np.array([[1 / (1 + np.exp(-max(-500, min(500, w * (v - s))))) for w, s in neurons] + [1] for v in x])
    out, *_ = np.linalg.lstsq(a, z, rcond=None)
    return out, float(np.mean((a @ out - z) ** 2))


def improved_network(x, z):
    # Windows in which z changes equally much, then one neuron after another is moved as long as it helps.
    change = np.concatenate([[0], np.cumsum(np.abs(np.diff(z)))])
    places = np.interp(np.linspace(0, change[-1], 12)[1:-1], change, x)
    neurons = [(60.0, float(s)) for s in places]
    x, z = x[::20], z[::20]
    out, best = solve(x, z, neurons)
    for size in (0.03, 0.015, 0.015, 0.007, 0.007):
        for j in range(10):
            for factor, shift in ((1, size), (1, -size), (1 + 20 * size, 0), (1 / (1 + 20 * size), 0)):
                w, s = neurons[j]
                tried = [*neurons[:j], (w * factor, s + shift), *neurons[j + 1 :]]
                new, error = solve(x, z, tried)
                if error < best:
                    neurons, out, best = tried, new, error
    w = [w for w, _ in neurons]
    b = [-w * s for w, s in neurons]
    return w, b, list(out[:-1]), float(out[-1])
