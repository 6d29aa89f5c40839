import numpy as np


def spreads(x, normals, gains, activation):
    """Return the standard deviation of each layer's activations, a row for each gain."""
    raise NotImplementedError("write spreads here")


def error_spreads(x, normals, gains, activation, errors):
    """Return the standard deviation of each layer's errors, a row for each gain."""
    raise NotImplementedError("write error_spreads here")


def carrying_gain(x, normals, gains, activation, errors):
    """Return the gain whose errors are as widely spread in the first layer as in the last."""
    raise NotImplementedError("write carrying_gain here")
