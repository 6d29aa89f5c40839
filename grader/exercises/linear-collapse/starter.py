import numpy as np


def collapse(weights, biases):
    """Return (w, b), the one layer that a network of linear layers amounts to."""
    raise NotImplementedError("write collapse here")


def gap(table):
    """Return what keeps a table of four values from being linear."""
    raise NotImplementedError("write gap here")


def closest_linear(table):
    """Return the table of the linear function that comes closest to this one."""
    raise NotImplementedError("write closest_linear here")
