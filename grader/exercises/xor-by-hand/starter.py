import numpy as np


def network():
    """Return (w1, b1, w2, b2) of a network that computes exclusive-or."""
    raise NotImplementedError("write down the weights here")
