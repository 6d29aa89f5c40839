"""Kernels: inner products in a feature space that is never entered. k(x, z) is (m, p) for x (m, n) and z (p, n).

Source: Boser, Guyon & Vapnik, A training algorithm for optimal margin classifiers (1992); Schölkopf & Smola, Learning
with Kernels (2002); spectrum kernel: Leslie, Eskin & Noble, The spectrum kernel (2002).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np

from mlcore.arguments import Array, count, positive, shaped

Item = TypeVar("Item")
Kernel = Callable[[Any, Any], Array]


def linear(x: Array, z: Array) -> Array:
    """x·z."""
    x, z = matching(x, z)
    return x @ z.T


def polynomial(degree: int, gamma: float = 1.0, offset: float = 1.0) -> Kernel:
    """(γ x·z + r)^d: all products of up to d features."""
    count("degree", degree)
    positive("gamma", gamma)
    return lambda x, z: (gamma * linear(x, z) + offset) ** degree


def rbf(gamma: float) -> Kernel:
    """e^(−γ‖x − z‖²): 1 where both are the same, less the farther they are apart."""
    positive("gamma", gamma)

    def kernel(x: Array, z: Array) -> Array:
        x, z = matching(x, z)
        # −γ‖x − z‖² = 2γ x·z − γ‖x‖² − γ‖z‖²; rounding may bring it above 0.
        k = x @ z.T
        k *= 2 * gamma
        k -= gamma * (x * x).sum(axis=1)[:, None]
        k -= gamma * (z * z).sum(axis=1)
        return np.exp(np.minimum(k, 0, out=k), out=k)

    return kernel


def sigmoid(gamma: float, offset: float = 0.0) -> Kernel:
    """tanh(γ x·z + r): a network of one hidden layer. It is no inner product for every γ and r."""
    positive("gamma", gamma)
    return lambda x, z: np.tanh(gamma * linear(x, z) + offset)


def spectrum(length: int) -> Kernel:
    """Of strings: how many substrings of this length two have in common, each counted as often as it occurs."""
    count("length", length)

    def kernel(left: Sequence[str], right: Sequence[str]) -> Array:
        parts = [
            [Counter(s[i : i + length] for i in range(len(s) - length + 1)) for s in side] for side in (left, right)
        ]
        return np.array([[float(sum(n * b[part] for part, n in a.items())) for b in parts[1]] for a in parts[0]])

    return kernel


def of_pairs(similarity: Callable[[Item, Item], float]) -> Kernel:
    """A kernel of one's own, from a function of two items: strings, trees, whatever it takes."""
    return lambda left, right: np.array([[float(similarity(a, b)) for b in right] for a in left])


def normalized(kernel: Kernel) -> Kernel:
    """k(x, z) / √(k(x, x) k(z, z)): every item at length 1 in feature space."""

    def cosine(left: Sequence[Any], right: Sequence[Any]) -> Array:
        lengths = [
            np.sqrt([kernel(side[i : i + 1], side[i : i + 1])[0, 0] for i in range(len(side))])
            for side in (left, right)
        ]
        safe = [np.where(length > 0, length, 1) for length in lengths]
        return kernel(left, right) / np.outer(*safe)

    return cosine


def matching(x: Array, z: Array) -> tuple[Array, Array]:
    """x (m, n) and z (p, n), finite floats of one width."""
    x = shaped("x", x, ("m", "n"))
    return x, shaped("z", z, ("p", x.shape[1]))
