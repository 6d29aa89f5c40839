"""Stochastic gradient descent at the speed of its matrix products, for sigmoid networks with a matched cost.

The plain form in mlcore.training is the reference; a test holds this one equal to it. What makes it fast:
- A layer is one matrix: its biases are the weights from a neuron that always fires. That neuron is one more of the
  layer before, with so large a bias that σ gives 1 exactly and its slope 0, so that it never learns otherwise.
- One call of BLAS does weight decay, gradient and step: V ← βV − α·aᵀδ.
- Every result goes into a buffer made beforehand.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import dgemm, sgemm

from mlcore.arguments import Array, count, positive, shaped
from mlcore.networks import MATCHED, Network

# σ(40) differs from 1 by 4e-18, less than either precision can tell.
ALWAYS = 40.0


class FastSGD:
    """A network in training; layers[l] is (n_in + 1, n_out + 1), the transposed weights above the biases."""

    def __init__(self, network: Network, x: Array, y: Array, *, batch: int, rate: float, decay: float = 0.0) -> None:
        """x (m, n_in), y (m, n_out); decay is λ, shared out over the m examples as mlcore.regularization.L2 does it.

        Raises ValueError for a network that it cannot train, and for shapes and numbers out of range.
        """
        if network.hidden != "sigmoid" or (network.output, network.cost) not in MATCHED:
            raise ValueError(
                f"network: hidden {network.hidden}, output {network.output}, cost {network.cost} came; hidden sigmoid, "
                f"and one of these expected: {', '.join(' with '.join(pair) for pair in MATCHED)}"
            )
        x = shaped("x", x, ("m", network.weights[0].shape[1]))
        y = shaped("y", y, (len(x), network.weights[-1].shape[0]))
        self.network = network
        self.batch = min(count("batch", batch), len(x))
        self.rate = positive("rate", rate)
        self.kept = positive("1 − rate·decay/m", 1 - rate * decay / len(x))
        dtype = network.weights[0].dtype
        self.gemm = sgemm if dtype == np.float32 else dgemm
        self.x = np.hstack([x, np.ones((len(x), 1))]).astype(dtype)
        self.y = y.astype(dtype)
        self.layers = [
            joined(w, b, fires=layer < len(network.weights) - 1)
            for layer, (w, b) in enumerate(zip(network.weights, network.biases, strict=True))
        ]
        # For a batch and for the short one at the end: activations (the input first), slopes, deltas, targets.
        self.buffers = {
            rows: (
                [np.empty((rows, v.shape[0]), dtype) for v in self.layers]
                + [np.empty((rows, self.layers[-1].shape[1]), dtype)],
                [np.empty((rows, v.shape[1]), dtype) for v in self.layers[:-1]],
                [np.empty((rows, v.shape[1]), dtype) for v in self.layers],
                np.empty((rows, y.shape[1]), dtype),
            )
            for rows in {self.batch, len(x) % self.batch or self.batch}
        }

    def epoch(self, rng: np.random.Generator) -> None:
        """Go through all examples once, in an order drawn from rng; the last batch may be short."""
        order = rng.permutation(len(self.x))
        # e^−z may overflow, and 1/(1 + ∞) is the right 0.
        with np.errstate(over="ignore"):
            for start in range(0, len(order), self.batch):
                self.step(order[start : start + self.batch])

    def step(self, rows: NDArray[np.integer]) -> None:
        """One mini-batch, of these rows."""
        activations, slopes, deltas, targets = self.buffers[len(rows)]
        self.x.take(rows, 0, activations[0], "clip")
        self.y.take(rows, 0, targets, "clip")
        for v, a, ahead in zip(self.layers, activations, activations[1:], strict=False):
            np.matmul(a, v, ahead)
            if ahead is not activations[-1] or self.network.output == "sigmoid":
                sigmoid_in_place(ahead)
            else:
                softmax_in_place(ahead)
        np.subtract(activations[-1], targets, deltas[-1])
        for layer in range(len(slopes) - 1, -1, -1):
            a, slope = activations[layer + 1], slopes[layer]
            np.subtract(1, a, slope)
            np.multiply(slope, a, slope)
            np.matmul(deltas[layer + 1], self.layers[layer + 1].T, deltas[layer])
            np.multiply(deltas[layer], slope, deltas[layer])
        for v, a, delta in zip(self.layers, activations, deltas, strict=False):
            if self.kept != 1:
                np.divide(v[-1], self.kept, v[-1])  # biases do not decay
            self.gemm(-self.rate / len(rows), delta.T, a.T, self.kept, v.T, 0, 1, 1)

    def trained(self) -> Network:
        """The network as it is now."""
        weights = [
            np.ascontiguousarray(v[:-1, : len(b)].T) for v, b in zip(self.layers, self.network.biases, strict=True)
        ]
        biases = [v[-1, : len(b)].copy() for v, b in zip(self.layers, self.network.biases, strict=True)]
        return replace(self.network, weights=weights, biases=biases)


def joined(w: Array, b: Array, fires: bool) -> Array:
    """Weights (n_out, n_in) and biases (n_out,) as one (n_in + 1, n_out), with one more column where `fires`."""
    v = np.zeros((w.shape[1] + 1, w.shape[0] + fires), w.dtype)
    v[:-1, : len(b)] = w.T
    v[-1, : len(b)] = b
    v[-1, len(b) :] = ALWAYS
    return v


def sigmoid_in_place(z: Array) -> None:
    """z becomes 1 / (1 + e^−z)."""
    np.negative(z, z)
    np.exp(z, z)
    np.add(z, 1, z)
    np.reciprocal(z, z)


def softmax_in_place(z: Array) -> None:
    """Each row of z becomes e^z over its sum."""
    np.subtract(z, z.max(axis=1, keepdims=True), z)
    np.exp(z, z)
    np.divide(z, z.sum(axis=1, keepdims=True), z)
