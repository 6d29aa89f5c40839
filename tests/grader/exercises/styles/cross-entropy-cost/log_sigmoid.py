import numpy as np


def log_sigmoid(z):
    return np.where(z < 0, z, 0) - np.log1p(np.exp(-np.abs(z)))


def cross_entropy(z, y):
    m = z.shape[0]
    return -(np.vdot(y, log_sigmoid(z)) + np.vdot(1 - y, log_sigmoid(-z))) / m


def output_delta(z, y):
    return np.exp(log_sigmoid(z)) - y
