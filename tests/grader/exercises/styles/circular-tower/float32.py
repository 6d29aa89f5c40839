import numpy as np


def circular_tower(center, radius, directions, height, weight):
    return build([center], radius, [height * directions], directions, weight, -(directions - 0.5) * height)


def hills(centers, radius, heights, directions, weight):
    return build(centers, radius, 2 * np.array(heights), directions, weight, -np.sum(heights))


def build(centers, radius, totals, directions, weight, bias):
    rows, biases, outs = [], [], []
    for k in range(directions):
        angle = 2 * np.pi * k / directions
        u = np.array([np.cos(angle), np.sin(angle)])
        for center, total in zip(centers, totals):
            rows.append(-weight * u)
            biases.append(weight * (np.dot(u, center) + radius))
            outs.append(total / directions)
    return (
        np.array(rows, dtype=np.float32),
        np.array(biases, dtype=np.float32),
        np.array([outs], dtype=np.float32),
        np.array([bias], dtype=np.float32),
    )
