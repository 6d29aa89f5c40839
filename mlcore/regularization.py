"""Regularization: what keeps a network from fitting noise.

Penalties count weights, never biases, and are shared out over all n training examples: λ is the sum's, not an
example's. Source: Nielsen (2015), chapter 3; dropout: Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov (2014).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import DTypeLike

from mlcore.arguments import Array, all_floats, count, floats, fraction, number, shaped


class Penalty(Protocol):
    """What training asks of a penalty."""

    def cost(self, weights: Sequence[Array], n: int) -> float: ...

    def gradient(self, w: Array, n: int) -> Array: ...


@dataclass(frozen=True)
class L2:
    """λ/(2n) · Σw². A step of rate η shrinks every weight by the factor 1 − ηλ/n."""

    strength: float

    def __post_init__(self) -> None:
        not_negative(self.strength)

    def cost(self, weights: Sequence[Array], n: int) -> float:
        """The penalty of all layers' weights, n being the number of training examples."""
        return self.strength / (2 * count("n", n)) * sum(float((w * w).sum()) for w in all_floats("weights", weights))

    def gradient(self, w: Array, n: int) -> Array:
        """λ/n · w."""
        return self.strength / count("n", n) * floats("w", w)


@dataclass(frozen=True)
class L1:
    """λ/n · Σ|w|. A step takes the same amount from every weight, until it is 0."""

    strength: float

    def __post_init__(self) -> None:
        not_negative(self.strength)

    def cost(self, weights: Sequence[Array], n: int) -> float:
        """The penalty of all layers' weights, n being the number of training examples."""
        return self.strength / count("n", n) * sum(float(np.abs(w).sum()) for w in all_floats("weights", weights))

    def gradient(self, w: Array, n: int) -> Array:
        """λ/n · sign(w), 0 at 0."""
        return self.strength / count("n", n) * np.sign(floats("w", w))


def dropout(a: Array, drop: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Activations with a share `drop` of them set to 0 and the others scaled by 1/(1 − drop), and that mask.

    a is (m, n). The expected activation stays the same, so that nothing is scaled at test time.
    """
    a = floats("a", a)
    mask = dropout_mask(a.shape, drop, rng, a.dtype)
    return a * mask, mask


def dropout_mask(shape: tuple[int, ...], drop: float, rng: np.random.Generator, dtype: DTypeLike) -> Array:
    """0 for the share `drop` of the places, 1/(1 − drop) for the others."""
    fraction("drop", drop)
    return ((rng.random(shape) >= drop) / (1 - drop)).astype(dtype)


def dropout_backward(da: Array, mask: Array) -> Array:
    """∂C/∂a before dropout from that behind it: what was dropped learns nothing."""
    da = floats("da", da)
    return da * shaped("mask", mask, da.shape)


@dataclass(frozen=True)
class EarlyStopping:
    """Stop once `patience` epochs have brought no better accuracy than the best before them."""

    patience: int

    def __post_init__(self) -> None:
        count("patience", self.patience)

    def reached(self, accuracies: Sequence[float]) -> bool:
        """Whether training should stop after these validation accuracies, one an epoch."""
        if len(accuracies) <= self.patience:
            return False
        return max(accuracies[-self.patience :]) <= max(accuracies[: -self.patience])


def not_negative(strength: float) -> None:
    """Raises ValueError for a strength below 0."""
    if number("strength", strength) < 0:
        raise ValueError(f"strength: {strength} came, a number from 0 on expected")
