import numpy as np

# One height a bump, from left to right.
HEIGHTS = [0.0, 0.0, 0.0, 0.0, 0.0]


def parameters():
    """(w1, b1, w2, b2) of a network of ten hidden neurons whose weighted sum is five bumps."""
    raise NotImplementedError("write parameters here")
