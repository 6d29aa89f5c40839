"""Stochastic gradient descent at the speed of its matrix products, for sigmoid networks with a matched cost.

The plain form in mlcore.training is the reference; a test holds this one equal to it. What makes it fast:
- A layer is one matrix: its biases are the weights from a neuron that always fires. That neuron is one more of the
  layer before, with so large a bias that σ gives 1 exactly and its slope 0, so that it never learns otherwise.
- One call of BLAS does the gradient and the step, v ← v − α·aᵀδ, where it does no second pass over v as decay would
  ask for: weights are scale·v, and decay shrinks the scale alone.
- Layers are as wide as vector registers like it, by neurons that never fire.
- Every result goes into a buffer made beforehand.
- Numbers that meet a small array are arrays of no dimensions: numpy takes twice as long to see what a float is.
- BLAS has one thread.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import dgemm, sgemm

from mlcore.arguments import Array, count, positive, shaped
from mlcore.blas import one_thread
from mlcore.networks import MATCHED, Network

# Biases: σ(40) differs from 1 by 4e-18, less than either precision can tell, and σ(−1000) is 0.
ALWAYS, NEVER = 40.0, -1000.0
# Below this scale, weights and scale are multiplied out before either leaves its range.
LEAST_SCALE = 1e-3
# A hidden layer's width is made a multiple of this.
WIDTH = 8


class FastSGD:
    """A network in training; scale·layers[l] are transposed weights above the biases, (n_in + 1, n_out) or larger."""

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
            joined(w, b, first=layer == 0, last=layer == len(network.weights) - 1)
            for layer, (w, b) in enumerate(zip(network.weights, network.biases, strict=True))
        ]
        self.scale = 1.0
        # Of these the first two stand for the numbers that they are named by, the third for −scale.
        self.one, self.kept_array, self.negative_scale = (np.array(n, dtype) for n in (1, self.kept, -1))
        self.transposed = [v.T for v in self.layers]
        self.biases = [v[-1] for v in self.layers]
        # The batch at the end may be short.
        self.buffers = {rows: Buffers(rows, self.layers) for rows in {self.batch, len(x) % self.batch or self.batch}}

    def epoch(self, rng: np.random.Generator) -> None:
        """Go through all examples once, in an order drawn from rng; the last batch may be short."""
        order = rng.permutation(len(self.x))
        # e^−z may overflow, and 1/(1 + ∞) is the right 0.
        with np.errstate(over="ignore"), one_thread():
            for start in range(0, len(order), self.batch):
                self.step(order[start : start + self.batch])
        self.rescale()

    def step(self, rows: NDArray[np.integer]) -> None:
        """One mini-batch, of these rows."""
        buffers = self.buffers[len(rows)]
        activations, slopes, deltas = buffers.activations, buffers.slopes, buffers.deltas
        self.x.take(rows, 0, activations[0], "clip")
        self.y.take(rows, 0, buffers.targets, "clip")
        self.negative_scale[...] = -self.scale
        for layer, v in enumerate(self.layers):
            z = np.matmul(activations[layer], v, activations[layer + 1])
            if layer == len(slopes) and self.network.output == "softmax":
                softmax_in_place(z, self.scale)
            else:
                sigmoid_in_place(z, self.negative_scale, self.one)
        np.subtract(activations[-1], buffers.targets, deltas[-1])
        for layer in range(len(slopes), 0, -1):
            a, slope, delta = activations[layer], slopes[layer - 1], deltas[layer - 1]
            np.subtract(self.one, a, slope)
            np.multiply(slope, a, slope)
            np.matmul(deltas[layer], self.transposed[layer], delta)
            np.multiply(delta, slope, delta)
        # Each layer that δ came back through left out one factor of the scale.
        rate = self.rate / len(rows) * self.scale ** len(slopes)
        for vt, b, (delta, a) in zip(self.transposed, self.biases, buffers.factors, strict=True):
            np.divide(b, self.kept_array, b)  # biases do not decay
            self.gemm(-rate / (self.scale * self.kept), delta, a, 1, vt, 0, 1, 1)
            rate /= self.scale
        self.scale *= self.kept
        if self.scale < LEAST_SCALE:
            self.rescale()

    def rescale(self) -> None:
        """The same weights, with a scale of 1."""
        for v in self.layers:
            v *= self.scale
        self.scale = 1.0

    def trained(self) -> Network:
        """The network as it is now."""
        self.rescale()
        weights = [
            np.ascontiguousarray(v[: w.shape[1], : len(w)].T)
            for v, w in zip(self.layers, self.network.weights, strict=True)
        ]
        biases = [v[-1, : len(b)].copy() for v, b in zip(self.layers, self.network.biases, strict=True)]
        return replace(self.network, weights=weights, biases=biases)


class Buffers:
    """Where the results of a batch of so many rows go."""

    def __init__(self, rows: int, layers: list[Array]) -> None:
        def empty(width: int) -> Array:
            return np.empty((rows, width), layers[0].dtype)

        self.activations = [empty(layers[0].shape[0]), *(empty(v.shape[1]) for v in layers)]
        self.slopes = [empty(v.shape[1]) for v in layers[:-1]]
        self.deltas = [empty(v.shape[1]) for v in layers]
        self.targets = empty(layers[-1].shape[1])
        # Of each layer's gradient, as BLAS takes them.
        self.factors = [(delta.T, a.T) for delta, a in zip(self.deltas, self.activations, strict=False)]


def joined(w: Array, b: Array, first: bool, last: bool) -> Array:
    """Weights (n_out, n_in) and biases (n_out,) as one matrix, wide enough and with the neuron that always fires last.

    The biases are its last row, as the neuron that always fires is the last of the layer before.
    """
    n_out, n_in = w.shape
    rows = n_in + 1 if first else padded(n_in)
    v = np.zeros((rows, n_out if last else padded(n_out)), w.dtype)
    v[:n_in, :n_out] = w.T
    v[-1, :n_out] = b
    v[-1, n_out:] = NEVER
    if not last:
        v[-1, -1] = ALWAYS
    return v


def padded(n: int) -> int:
    """The width of a hidden layer of n neurons and one that always fires."""
    return -(-(n + 1) // WIDTH) * WIDTH


def sigmoid_in_place(z: Array, negative_scale: Array, one: Array) -> None:
    """z becomes 1 / (1 + e^(−scale·z)); −scale and 1 are arrays of no dimensions."""
    np.multiply(z, negative_scale, z)
    np.exp(z, z)
    np.add(z, one, z)
    np.reciprocal(z, z)


def softmax_in_place(z: Array, scale: float) -> None:
    """Each row of z becomes e^(scale·z) over its sum."""
    np.subtract(z, z.max(axis=1, keepdims=True), z)
    np.multiply(z, scale, z)
    np.exp(z, z)
    np.divide(z, z.sum(axis=1, keepdims=True), z)
