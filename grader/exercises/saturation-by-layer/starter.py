import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def saturation(weights, biases, x, margin):
    """Return the share of saturated activations of each hidden layer."""
    raise NotImplementedError("write saturation here")


def mean_activations(weights, biases, x):
    """Return the mean activation of each hidden layer."""
    raise NotImplementedError("write mean_activations here")


def stuck_neurons(weights, biases, x, margin):
    """Return how many neurons of each hidden layer are saturated on the same side for every example."""
    raise NotImplementedError("write stuck_neurons here")
