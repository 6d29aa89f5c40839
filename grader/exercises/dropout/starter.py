import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def drop_forward(a, kept, drop, training):
    """What a layer with dropout passes on."""
    raise NotImplementedError("write drop_forward here")


def drop_backward(da, kept, drop):
    """The slope of the cost in front of the dropout, from that behind it."""
    raise NotImplementedError("write drop_backward here")


def drop_gradients(weights, biases, x, y, kept, drop):
    """Return (nabla_w, nabla_b) of a network with dropout behind its hidden layers."""
    raise NotImplementedError("write drop_gradients here")
