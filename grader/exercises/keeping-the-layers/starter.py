import numpy as np


def layers(weights, biases, x, activations):
    """Return (zs, acts): the weighted inputs and the activations of every layer, x being the first activation."""
    raise NotImplementedError("write the forward pass here, and keep the layers")
