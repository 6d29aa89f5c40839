import numpy as np


def run(weights, biases, x):
    for w, b in zip(weights, biases):
        x = x.dot(w.transpose()) + b
    return x


def collapse(weights, biases):
    n = weights[0].shape[1]
    b = run(weights, biases, np.zeros((1, n)))[0]
    w = run(weights, biases, np.eye(n)) - b
    return [w.T, b]


def gap(table):
    return np.diff(np.diff(table, axis=0), axis=1)[0, 0]


def closest_linear(table):
    corners = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    solution, *_ = np.linalg.lstsq(corners, np.ravel(table), rcond=None)
    return corners.dot(solution).reshape(2, 2)
