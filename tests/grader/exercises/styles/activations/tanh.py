import numpy as np


def sigmoid(z):
    return (np.tanh(z / 2) + 1) / 2


def sigmoid_prime(z):
    return np.cosh(np.clip(z, -500, 500) / 2) ** -2 / 4


def relu(z):
    return (z + abs(z)) / 2


def relu_prime(z):
    return z > 0


def softmax(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=1)[:, None])
