import numpy as np


def scaled(n_in, n_out, normals):
    return normals / np.sqrt(n_in)


def glorot(n_in, n_out, normals):
    return normals * np.sqrt(2 / (n_in + n_out))


def he(n_in, n_out, normals):
    return normals * np.sqrt(2 / n_in)
