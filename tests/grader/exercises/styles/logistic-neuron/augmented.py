import numpy as np


def cost_and_gradient(w, b, x, y):
    theta = np.append(w, b)
    rows = np.hstack([x, np.ones((x.shape[0], 1))])
    a = 0.5 * (1 + np.tanh(rows.dot(theta) / 2))
    errors = a - y
    slopes = (errors * a * (1 - a))[:, np.newaxis] * rows
    gradient = slopes.mean(axis=0)
    return [0.5 * np.mean(np.square(errors)), gradient[:-1], gradient[-1]]
