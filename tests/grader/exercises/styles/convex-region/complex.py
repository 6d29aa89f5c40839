import numpy as np


def half_planes(corners):
    points = corners[:, 0] + 1j * corners[:, 1]
    turned = -1j * (np.roll(points, -1) - points)
    turned /= abs(turned)
    middles = (corners + np.roll(corners, -1, axis=0)) / 2
    normals = np.array([turned.real, turned.imag]).T
    return [normals, np.diag(normals @ middles.T)]


def region_network(normals, offsets, steepness, height):
    k = normals.shape[0]
    return -normals * steepness, offsets * steepness, np.ones((1, k)) * height, np.array([0.5 - k]) * height
