import numpy as np


def relu_network(knots, values):
    """Return (w, b, v, c): a network of ReLUs that passes through all points."""
    raise NotImplementedError("bend a line here")
