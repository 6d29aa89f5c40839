import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def backward(delta_next, w_next, z, a_before):
    delta = (delta_next @ w_next) * sigmoid_prime(z)
    dw = delta.T @ a_before / len(z)
    db = delta.mean(axis=0)
    return delta, dw, db
