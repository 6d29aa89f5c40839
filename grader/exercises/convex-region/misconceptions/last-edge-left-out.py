"""Your polygon is open: the edge from the last corner back to the first is missing."""

import numpy as np


def half_planes(corners):
    edges = corners[1:] - corners[:-1]
    normals = np.stack([edges[:, 1], -edges[:, 0]], axis=1)
    normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
    return normals, np.sum(normals * corners[:-1], axis=1)


def region_network(normals, offsets, steepness, height):
    k = len(offsets)
    w1, b1 = -steepness * normals, steepness * offsets
    w2, b2 = np.full((1, k), height), np.array([-(k - 0.5) * height])
    return w1, b1, w2, b2
