import numpy as np


def cost(a, d):
    return 0.5 * np.dot(d, np.dot(a, d))


def descend(a, bottom, w, rate, steps):
    path = np.empty((steps + 1, w.size))
    costs = np.empty(steps + 1)
    w = w.copy()
    path[0], costs[0] = w, cost(a, w - bottom)
    for t in range(1, steps + 1):
        w -= rate * np.matmul(a, w - bottom)
        path[t] = w
        costs[t] = cost(a, w - bottom)
    return [path, costs]
