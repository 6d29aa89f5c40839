import numpy as np


def with_variance(variance, normals):
    return np.float32(variance) ** np.float32(0.5) * normals.astype(np.float32)


def scaled(n_in, n_out, normals):
    return with_variance(1 / n_in, normals)


def glorot(n_in, n_out, normals):
    return with_variance(2 / (n_in + n_out), normals)


def he(n_in, n_out, normals):
    return with_variance(2 / n_in, normals)
