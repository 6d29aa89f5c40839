"""How fast the layers of a deep sigmoid network learn: the size of the error δ in each.

The cost is the cross-entropy, C = −1/m·Σ(y·ln a + (1 − y)·ln(1 − a)), so that the output's δ is a − y.
Source: Nielsen, Neural Networks and Deep Learning (2015), chapter 5.
"""

import numpy as np

from mlcore.activations import Array, sigmoid_prime
from mlcore.networks import Network


def deltas(network: Network, x: Array, y: Array) -> list[Array]:
    """δ of every layer, the output last: δ[l] (m, n of the layer) is the slope of each example's cost in z[l]."""
    zs, activations = network.forward(x)
    if y.shape != activations[-1].shape:
        raise ValueError(f"y: shape {y.shape} came, {activations[-1].shape} expected")
    found: list[Array] = [activations[-1] - y]
    for layer in reversed(range(1, len(network.weights))):
        found.insert(0, found[0] @ network.weights[layer] * sigmoid_prime(zs[layer - 1]))
    return found


def layer_norms(network: Network, x: Array, y: Array) -> list[float]:
    """‖∂C/∂b‖ of each hidden layer, the first one first: the norm of the mean of δ over the batch."""
    return [float(np.linalg.norm(delta.mean(axis=0))) for delta in deltas(network, x, y)[:-1]]
