import numpy as np


def sigmoid(z):
    out = np.empty_like(z)
    up = z >= 0
    out[up] = 1 / (1 + np.exp(-z[up]))
    out[~up] = np.exp(z[~up]) / (1 + np.exp(z[~up]))
    return out


def sigmoid_prime(z):
    a = sigmoid(z)
    return a - np.square(a)


def relu(z):
    out = z.copy()
    out[out < 0] = 0
    return out


def relu_prime(z):
    out = np.zeros(z.shape, dtype=int)
    out[z > 0] = 1
    return out


def softmax(z):
    return np.array([one(row) for row in z])


def one(row):
    e = np.exp(row - np.max(row))
    return e / np.sum(e)
