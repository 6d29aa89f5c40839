"""In your `he` the 2 stands outside of the root, so the variance is twice too large. It is part of the variance:
√(2/n_in).
"""

import numpy as np


def scaled(n_in, n_out, normals):
    return normals / np.sqrt(n_in)


def glorot(n_in, n_out, normals):
    return normals * np.sqrt(2 / (n_in + n_out))


def he(n_in, n_out, normals):
    return normals * 2 / np.sqrt(n_in)
