import numpy as np


def half_planes(corners):
    """Return (normals, offsets) of a convex polygon's edges."""
    raise NotImplementedError("write half_planes here")


def region_network(normals, offsets, steepness, height):
    """Return (w1, b1, w2, b2) of a network that is on where all half planes overlap."""
    raise NotImplementedError("write region_network here")
