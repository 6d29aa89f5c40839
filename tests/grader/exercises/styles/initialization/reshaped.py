import numpy as np


def scaled(n_in, n_out, normals):
    w = np.empty((n_out, n_in))
    w[:] = normals
    w *= n_in**-0.5
    return w


def glorot(n_in, n_out, normals):
    w = normals.copy().ravel()
    w /= np.sqrt((n_in + n_out) / 2)
    return w.reshape(n_out, n_in)


def he(n_in, n_out, normals):
    return np.sqrt(2) * scaled(n_in, n_out, normals)
