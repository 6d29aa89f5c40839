"""Your directions cover half a turn, πk/d: the circle is open on one side. A step has a side on which it is on,
so that directions go all around, 2πk/d.
"""

import numpy as np


def steps_around(center, radius, directions, weight):
    """Hidden weights (d, 2) and biases (d,) of steps across the tangents, on toward the center."""
    angles = np.pi * np.arange(directions) / directions
    u = np.column_stack([np.cos(angles), np.sin(angles)])
    return -weight * u, weight * (u @ center + radius)


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
