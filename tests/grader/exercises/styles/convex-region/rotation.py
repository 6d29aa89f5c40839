import numpy as np


def half_planes(corners):
    ahead = np.vstack([corners[1:], corners[:1]]) - corners
    angle = np.arctan2(ahead[:, 1], ahead[:, 0]) - np.pi / 2
    normals = np.column_stack([np.cos(angle), np.sin(angle)])
    return normals, np.einsum("ij,ij->i", normals, corners)


def region_network(normals, offsets, steepness, height):
    planes = steepness * np.hstack([-normals, offsets[:, None]])
    out = height * np.ones(len(planes))
    return planes[:, :-1], planes[:, -1], out.reshape(1, -1), np.atleast_1d(0.5 * height - out.sum())
