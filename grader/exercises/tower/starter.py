import numpy as np


def tower(starts, ends, height, weight):
    """(w1, b1, w2, b2) of a network that is 1 where starts[i] < x[i] < ends[i] for every input i, else 0."""
    raise NotImplementedError("write tower here")
