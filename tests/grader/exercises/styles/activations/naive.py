import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu(z):
    return z * (z > 0)


def relu_prime(z):
    return np.heaviside(z, 0.5)


def softmax(z):
    shifted = (z.T - z.max(axis=1)).T
    return (np.exp(shifted).T / np.exp(shifted).sum(axis=1)).T
