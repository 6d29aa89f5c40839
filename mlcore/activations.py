"""Activation functions and their derivatives, elementwise unless said otherwise, finite at ±1000.

z is the weighted input, of any shape; the result has z's shape and floating dtype.
Source: Nielsen, Neural Networks and Deep Learning (2015), chapters 1 to 3.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


def sigmoid(z: Array) -> Array:
    """1 / (1 + e^−z). The exponent is never positive, so that nothing overflows."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def sigmoid_prime(z: Array) -> Array:
    """Derivative of the sigmoid at z: σ(z)(1 − σ(z)), at most ¼."""
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


def relu(z: Array) -> Array:
    """max(0, z)."""
    return np.maximum(z, 0)


def relu_prime(z: Array) -> Array:
    """1 where z > 0, else 0; at 0 itself any value between both is a convention."""
    return (z > 0).astype(z.dtype)


def softmax(z: Array) -> Array:
    """e^z over its sum, row by row; z is (m, K). Shifting a row by its maximum changes nothing but the range."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
