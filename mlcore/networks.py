"""Fully connected networks of sigmoid layers.

Batches are rows: x is (m, n_in). weights[l] is (n_out, n_in), biases[l] is (n_out,), z = a·wᵀ + b.
Source: Nielsen, Neural Networks and Deep Learning (2015), chapter 2; Rumelhart, Hinton & Williams (1986).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mlcore.activations import Array, sigmoid, sigmoid_prime


@dataclass(frozen=True)
class Network:
    """weights[l] (n_out, n_in) and biases[l] (n_out,) of each layer after the input."""

    weights: list[Array]
    biases: list[Array]

    def __post_init__(self) -> None:
        if not self.weights or len(self.weights) != len(self.biases):
            raise ValueError(
                f"weights and biases: {len(self.weights)} and {len(self.biases)} came, one of each a layer expected"
            )
        for i, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            if w.ndim != 2 or b.shape != (w.shape[0],):
                raise ValueError(f"layer {i}: weights {w.shape} and biases {b.shape} came, (n, k) and (n,) expected")
            if i and w.shape[1] != self.weights[i - 1].shape[0]:
                raise ValueError(
                    f"weights[{i}]: {w.shape} came, (n, {self.weights[i - 1].shape[0]}) expected after layer {i - 1}"
                )

    @classmethod
    def random(cls, sizes: Sequence[int], rng: np.random.Generator) -> "Network":
        """Weights from N(0, 1/√n_in), biases from N(0, 1); sizes from input to output."""
        return cls(
            [rng.normal(0, n_in**-0.5, (n_out, n_in)) for n_in, n_out in pairwise(sizes)],
            [rng.normal(0, 1, n) for n in sizes[1:]],
        )

    def forward(self, x: Array) -> tuple[list[Array], list[Array]]:
        """Weighted inputs z[l] and activations a[l], a[0] being x; each (m, n of its layer)."""
        if x.ndim != 2 or x.shape[1] != self.weights[0].shape[1] or not len(x):
            raise ValueError(f"x: shape {x.shape} came, (m, {self.weights[0].shape[1]}) with m ≥ 1 expected")
        zs: list[Array] = []
        activations = [x]
        for w, b in zip(self.weights, self.biases, strict=True):
            zs.append(activations[-1] @ w.T + b)
            activations.append(sigmoid(zs[-1]))
        return zs, activations

    def backprop(self, x: Array, y: Array) -> tuple[list[Array], list[Array]]:
        """Gradients (nabla_w, nabla_b) of the quadratic cost C = 1/(2m)·Σ‖a − y‖², shaped as weights and biases."""
        zs, activations = self.forward(x)
        if y.shape != activations[-1].shape:
            raise ValueError(f"y: shape {y.shape} came, {activations[-1].shape} expected")
        m = len(x)
        delta = (activations[-1] - y) * sigmoid_prime(zs[-1])
        nabla_w: list[Array] = []
        nabla_b: list[Array] = []
        for layer in reversed(range(len(self.weights))):
            nabla_w.insert(0, delta.T @ activations[layer] / m)
            nabla_b.insert(0, delta.sum(axis=0) / m)
            if layer:
                delta = delta @ self.weights[layer] * sigmoid_prime(zs[layer - 1])
        return nabla_w, nabla_b
