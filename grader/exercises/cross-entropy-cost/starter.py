import numpy as np


def cross_entropy(z, y):
    """The cross-entropy of sigmoid outputs, from their weighted inputs z, as a mean over the batch."""
    raise NotImplementedError("write cross_entropy here")


def output_delta(z, y):
    """The slope in z of each example's own cost."""
    raise NotImplementedError("write output_delta here")
