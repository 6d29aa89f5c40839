import numpy as np


def circular_tower(center, radius, directions, height, weight):
    k = np.linspace(0, 2 * np.pi, directions, endpoint=False)
    turns = np.exp(1j * k)
    w1 = -weight * np.array([turns.real, turns.imag]).T
    tangent_points = center + radius * np.array([turns.real, turns.imag]).T
    b1 = -np.einsum("ki,ki->k", w1, tangent_points)
    return [w1, b1, height * np.ones((1, directions)), np.array([height / 2 - directions * height])]


def hills(centers, radius, heights, directions, weight):
    k = np.arange(directions) * (2 * np.pi / directions)
    u = np.array([np.cos(k), np.sin(k)])
    n = len(centers)
    w1 = np.tile(-weight * u.T, (n, 1))
    b1 = weight * (centers @ u + radius)
    w2 = np.outer(heights, np.full(directions, 2 / directions))
    return w1, b1.reshape(-1), w2.reshape(1, -1), np.array([-heights.sum()])
