import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def bias_gradients(weights, biases, x, dc_da):
    """Return the slope of the cost in the bias of every neuron, the first one's first."""
    raise NotImplementedError("write the product of weights and slopes here")
