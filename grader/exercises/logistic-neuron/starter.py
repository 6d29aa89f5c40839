import numpy as np


def cost_and_gradient(w, b, x, y):
    """Return (cost, dw, db): the quadratic cost of the batch, and its slopes in the weights and in the bias."""
    raise NotImplementedError("write the cost and its slopes here")
