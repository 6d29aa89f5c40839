import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def backward(delta_next, w_next, z, a_before):
    """Return (delta, dw, db): this layer's error, and the gradients in its weights and biases."""
    raise NotImplementedError("write one step back here")
