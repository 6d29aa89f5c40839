import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def layer_norms(weights, biases, x, y):
    """Return the norm of each hidden layer's mean error, the first hidden layer first."""
    raise NotImplementedError("measure the layers here")
