import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(weights, biases, x):
    """Return the activations of the last layer, one row an example."""
    raise NotImplementedError("write the forward pass here")
