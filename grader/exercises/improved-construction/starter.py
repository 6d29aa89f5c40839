import numpy as np


def improved_network(x, z):
    """Return (w, b, v, c): ten hidden neurons or fewer whose weighted sum comes close to z."""
    raise NotImplementedError("improve the construction here")
