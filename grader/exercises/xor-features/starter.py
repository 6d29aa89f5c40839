import numpy as np


def features(x):
    """Return at most three features of each point, (m, k)."""
    raise NotImplementedError("write your feature map here")
