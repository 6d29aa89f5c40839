import numpy as np


def central_differences(w, b, x, y, h):
    sizes = w.size, b.size
    theta = np.concatenate([w.ravel(), b.ravel()])

    def cost(theta):
        z = x.dot(theta[: sizes[0]].reshape(w.shape).T) + theta[sizes[0] :]
        return 0.5 * np.mean(np.sum((np.tanh(z / 2) / 2 + 0.5 - y) ** 2, axis=1))

    steps = h * np.eye(theta.size)
    slopes = np.array([(cost(theta + s) - cost(theta - s)) / 2 / h for s in steps])
    return [slopes[: sizes[0]].reshape(w.shape), slopes[sizes[0] :]]


def relative_error(g, e):
    d = np.sqrt(np.sum((g - e) ** 2))
    n = np.sqrt(np.sum(e**2))
    return d if n == 0 else d / n


def wrong_ones(gradients, measured, gate):
    errors = np.array([relative_error(g, measured) for g in gradients])
    return np.flatnonzero(~(errors <= gate))
