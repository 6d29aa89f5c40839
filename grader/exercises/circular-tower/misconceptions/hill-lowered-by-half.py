"""Your hills rise from 0 to half of their height: with steps of c/d, half of c is on far away, and the bias
takes it off at the center, too. Let each step add 2c/d, and the bias take c away.
"""

import numpy as np


def steps_around(center, radius, directions, weight):
    """Hidden weights (d, 2) and biases (d,) of steps across the tangents, on toward the center."""
    angles = 2 * np.pi * np.arange(directions) / directions
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
    w2 = np.repeat(heights, directions)[None] / directions
    b2 = np.array([-np.sum(heights) / 2])
    return w1, b1, w2, b2
