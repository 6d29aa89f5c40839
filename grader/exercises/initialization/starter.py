import numpy as np


def scaled(n_in, n_out, normals):
    """Weights of variance 1 / n_in."""
    raise NotImplementedError("write scaled here")


def glorot(n_in, n_out, normals):
    """Weights of variance 2 / (n_in + n_out)."""
    raise NotImplementedError("write glorot here")


def he(n_in, n_out, normals):
    """Weights of variance 2 / n_in."""
    raise NotImplementedError("write he here")
