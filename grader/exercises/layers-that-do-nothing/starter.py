import numpy as np


def deepen(weights, biases, at, scale):
    """Return (weights, biases) of the network with one more hidden layer, which passes on what it gets."""
    raise NotImplementedError("put the new layer in here")
