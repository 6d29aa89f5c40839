"""Your hidden biases are the offsets themselves. The steepness multiplies the whole sum, c − u·x, or the border
moves.
"""

import numpy as np


def half_planes(corners):
    edges = np.roll(corners, -1, axis=0) - corners
    normals = np.stack([edges[:, 1], -edges[:, 0]], axis=1)
    normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
    return normals, np.sum(normals * corners, axis=1)


def region_network(normals, offsets, steepness, height):
    k = len(offsets)
    w1, b1 = -steepness * normals, offsets + 0
    w2, b2 = np.full((1, k), height), np.array([-(k - 0.5) * height])
    return w1, b1, w2, b2
