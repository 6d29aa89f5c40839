import numpy as np


def sigmoid(z):
    z = z.astype(np.float32)
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


def sigmoid_prime(z):
    return sigmoid(z) * sigmoid(-z)


def relu(z):
    return np.where(z > 0, z, 0).astype(np.float32)


def relu_prime(z):
    return (z > 0).astype(np.float32)


def softmax(z):
    z = z.astype(np.float32)
    e = np.exp(z - np.amax(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
