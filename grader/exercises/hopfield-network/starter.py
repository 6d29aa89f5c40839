import numpy as np


def hebbian(patterns):
    """Weights (n, n) that store the patterns (k, n)."""
    raise NotImplementedError("write hebbian here")


def energy(weights, state):
    """The energy of a state (n,)."""
    raise NotImplementedError("write energy here")


def recall(weights, state, order):
    """The state (n,) after its neurons have updated one by one in this order."""
    raise NotImplementedError("write recall here")
