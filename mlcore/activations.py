"""Activation functions and their derivatives, elementwise unless said otherwise, finite at ±1000.

z is the weighted input, an array of any shape; the result has z's shape and dtype. Each function of z also takes a
complex z, as the complex step of mlcore.gradient_checking needs; branches go by the real part.
Errors: ValueError for another dtype and for what is not finite.
Source: Nielsen, Neural Networks and Deep Learning (2015), chapters 1, 3 and 4; for softmax, Bishop, Pattern
Recognition and Machine Learning (2006), section 4.3.4.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mlcore.arguments import Array, floats, shaped


def step(z: ArrayLike) -> Array:
    """The perceptron's threshold: 1 where z > 0, else 0."""
    z = floats("z", z)
    return (z.real > 0).astype(z.dtype)


def step_prime(z: ArrayLike) -> Array:
    """0 everywhere; at 0, where there is no derivative, 0 by convention. Nothing can be learned through it."""
    return np.zeros_like(floats("z", z))


def identity(z: ArrayLike) -> Array:
    """z itself: a linear neuron."""
    return floats("z", z).copy()


def identity_prime(z: ArrayLike) -> Array:
    """1 everywhere."""
    return np.ones_like(floats("z", z))


def sigmoid(z: ArrayLike) -> Array:
    """1 / (1 + e^−z). The exponent is never positive, so that nothing overflows."""
    z = floats("z", z)
    e = np.exp(np.where(z.real >= 0, -z, z))
    return np.where(z.real >= 0, 1, e) / (1 + e)


def sigmoid_prime(z: ArrayLike) -> Array:
    """Derivative of the sigmoid at z: σ(z)(1 − σ(z)), at most ¼."""
    z = floats("z", z)
    e = np.exp(np.where(z.real >= 0, -z, z))
    return e / (1 + e) ** 2


def sigmoid_inverse(a: ArrayLike) -> Array:
    """σ⁻¹(a) = ln(a / (1 − a)), the weighted input that gives the activation a, 0 < a < 1."""
    a = floats("a", a)
    if not ((a.real > 0) & (a.real < 1)).all():
        raise ValueError(f"a: values from {a.real.min()} to {a.real.max()} came, all within (0, 1) expected")
    return np.log(a) - np.log1p(-a)


def tanh(z: ArrayLike) -> Array:
    """(e^z − e^−z) / (e^z + e^−z), which is 2σ(2z) − 1."""
    return np.tanh(floats("z", z))


def tanh_prime(z: ArrayLike) -> Array:
    """Derivative of tanh at z: 1 − tanh²(z), written 4e / (1 + e)² with e = e^−2|z|, which keeps small slopes exact."""
    z = floats("z", z)
    e = np.exp(np.where(z.real >= 0, -2 * z, 2 * z))
    return 4 * e / (1 + e) ** 2


def relu(z: ArrayLike) -> Array:
    """max(0, z)."""
    z = floats("z", z)
    return np.where(z.real > 0, z, 0)


def relu_prime(z: ArrayLike) -> Array:
    """1 where z > 0, else 0; at 0 itself any value between both is a convention."""
    z = floats("z", z)
    return (z.real > 0).astype(z.dtype)


def softmax(z: ArrayLike) -> Array:
    """e^z over its sum, row by row; z is (…, K). Shifting a row by its maximum changes nothing but the range."""
    z = floats("z", z)
    if not z.ndim or not z.shape[-1]:
        raise ValueError(f"z: shape {z.shape} came, (…, K) with K ≥ 1 expected")
    e = np.exp(z - z.real.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def softmax_prime(z: ArrayLike) -> Array:
    """The Jacobian of softmax at z (…, K): ∂aᵢ/∂zⱼ = aᵢ(δᵢⱼ − aⱼ), (…, K, K)."""
    a = softmax(z)
    return a[..., :, None] * (np.eye(a.shape[-1], dtype=a.dtype) - a[..., None, :])


def softmax_backward(da: Array, z: ArrayLike) -> Array:
    """∂C/∂z from ∂C/∂a, both (…, K): the Jacobian's product with da, without the Jacobian."""
    a = softmax(z)
    da = shaped("da", da, a.shape)
    return a * (da - (da * a).sum(axis=-1, keepdims=True))


@dataclass(frozen=True)
class Activation:
    """A function of z and how a gradient passes back through it: backward(∂C/∂a, z) is ∂C/∂z."""

    function: Callable[[Array], Array]
    backward: Callable[[Array, Array], Array]


def elementwise(function: Callable[[Array], Array], derivative: Callable[[Array], Array]) -> Activation:
    """The activation of one neuron each: ∂C/∂z = ∂C/∂a · s′(z)."""
    return Activation(function, lambda da, z: da * derivative(z))


ACTIVATIONS = {
    "step": elementwise(step, step_prime),
    "identity": elementwise(identity, identity_prime),
    "sigmoid": elementwise(sigmoid, sigmoid_prime),
    "tanh": elementwise(tanh, tanh_prime),
    "relu": elementwise(relu, relu_prime),
    "softmax": Activation(softmax, softmax_backward),
}
