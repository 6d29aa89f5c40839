"""Your `scaled` takes n_out where n_in belongs. A weighted input is a sum over the inputs, so it is their number
that makes it grow.
"""

import numpy as np


def scaled(n_in, n_out, normals):
    return normals / np.sqrt(n_out)


def glorot(n_in, n_out, normals):
    return normals * np.sqrt(2 / (n_in + n_out))


def he(n_in, n_out, normals):
    return normals * np.sqrt(2 / n_in)
