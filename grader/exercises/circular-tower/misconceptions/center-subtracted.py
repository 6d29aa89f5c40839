"""Your circle lies on the other side of the origin, around −c. The tangent in direction u is u·x = u·c + r,
with a plus before u·c.
"""

import numpy as np


def steps_around(center, radius, directions, weight):
    """Hidden weights (d, 2) and biases (d,) of steps across the tangents, on toward the center."""
    angles = 2 * np.pi * np.arange(directions) / directions
    u = np.column_stack([np.cos(angles), np.sin(angles)])
    return -weight * u, weight * (radius - u @ center)


def circular_tower(center, radius, directions, height, weight):
    w1, b1 = steps_around(center, radius, directions, weight)
    w2 = np.full((1, directions), height)
    b2 = np.array([-(directions - 0.5) * height])
    return w1, b1, w2, b2


def hills(centers, radius, heights, directions, weight):
    circles = [steps_around(center, radius, directions, weight) for center in centers]
    w1 = np.vstack([w for w, _ in circles])
    b1 = np.concatenate([b for _, b in circles])
    w2 = 2 * np.repeat(heights, directions)[None] / directions
    b2 = np.array([-np.sum(heights)])
    return w1, b1, w2, b2
