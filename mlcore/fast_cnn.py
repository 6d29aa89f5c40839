"""Stochastic gradient descent for mlcore.cnn.CNN at the speed of its matrix products.

The plain form is the reference; a test holds this one equal to it. What makes it fast:
- Patches lie as (size·size·channels, places), so that each of their rows is an image shifted, copied in runs.
- A few images at a time go through the convolution, so that what lies between two steps stays in the cache.
- max(z + b) is max(z) + b, and ReLU of the largest is the largest of ReLU: both come after pooling, on a fourth.
- Where a maximum was is kept as two comparisons, along the rows and then down the columns, with the first of equals.
- One call of BLAS does the gradient and the step of a dense layer: W ← W − α·xᵀδ. Every result has its buffer.
- BLAS has one thread.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import dgemm, sgemm

from mlcore.arguments import Array, Labels, count, labels, positive, shaped
from mlcore.blas import one_thread
from mlcore.cnn import CNN
from mlcore.networks import one_hot

# Bytes of patches that go through at once, to fit a second-level cache.
AT_ONCE = 800_000


class FastCNN:
    """A network in training on x (m, height, width, channels), y (m,); feature maps must have even sides to pool."""

    def __init__(self, network: CNN, x: Array, y: Labels, *, batch: int, rate: float) -> None:
        size, _, channels, self.filters = network.filters.shape
        x = shaped("x", x, ("m", "height", "width", channels))
        self.rows, self.columns = x.shape[1] - size + 1, x.shape[2] - size + 1
        if self.rows % 2 or self.columns % 2:
            raise ValueError(f"x: feature maps of {self.rows}×{self.columns} come of it, even sides expected")
        pooled = (self.rows // 2, self.columns // 2, self.filters)
        self.network = network
        self.size = size
        self.batch = min(count("batch", batch), len(x))
        self.rate = positive("rate", rate)
        dtype = network.filters.dtype
        self.gemm = sgemm if dtype == np.float32 else dgemm
        self.x = np.ascontiguousarray(x.astype(dtype).transpose(3, 0, 1, 2))
        self.y = one_hot(labels("y", y, len(x), len(network.output_biases)), len(network.output_biases), dtype)
        self.w = np.ascontiguousarray(network.filters.transpose(3, 0, 1, 2).reshape(self.filters, -1))
        self.b = network.filter_biases.copy()
        # Features come filter by filter here, place by place in the plain form.
        by_filter = network.hidden.reshape(*pooled, -1).transpose(2, 0, 1, 3)
        self.hidden = np.ascontiguousarray(by_filter.reshape(network.hidden.shape))
        self.hidden_biases = network.hidden_biases.copy()
        self.output, self.output_biases = network.output.copy(), network.output_biases.copy()
        patch = len(self.w[0]) * self.rows * self.columns * x.dtype.itemsize
        self.at_once = max(1, min(self.batch, AT_ONCE // patch))
        self._make_buffers(self.batch, dtype)

    def _make_buffers(self, m: int, dtype: np.dtype) -> None:
        n, rows, columns, at_once = self.filters, self.rows, self.columns, self.at_once
        groups = -(-m // at_once)
        self.patches = np.empty((groups, len(self.w[0]), at_once, rows, columns), dtype)
        self.later_column = np.empty((groups, n, at_once, rows, columns // 2), bool)
        self.later_row = np.empty((groups, n, at_once, rows // 2, columns // 2), bool)
        self.convolved = np.empty((n, at_once, rows, columns), dtype)
        self.across = np.empty((n, at_once, rows, columns // 2), dtype)
        self.features = np.empty((m, n, rows // 2, columns // 2), dtype)
        self.dfeatures = np.empty_like(self.features)
        self.h, self.dh = (np.empty((m, self.hidden.shape[1]), dtype) for _ in range(2))
        self.z = np.empty((m, self.output.shape[1]), dtype)

    def epoch(self, rng: np.random.Generator) -> None:
        """Go through all images once, in an order drawn from rng; the last batch may be short."""
        order = rng.permutation(len(self.y))
        with one_thread():
            for start in range(0, len(order), self.batch):
                self.step(order[start : start + self.batch])

    def step(self, chosen: NDArray[np.integer]) -> None:
        """One mini-batch, of these images."""
        m = len(chosen)
        groups = [(g, slice(i, min(i + self.at_once, m))) for g, i in enumerate(range(0, m, self.at_once))]
        for g, images in groups:
            self._convolve_and_pool(g, chosen[images], self.features[images])
        features, dfeatures = self.features[:m], self.dfeatures[:m]
        features += self.b[:, None, None]
        np.maximum(features, 0, out=features)
        flat = features.reshape(m, -1)
        h = np.matmul(flat, self.hidden, out=self.h[:m])
        h += self.hidden_biases
        np.maximum(h, 0, out=h)
        z = np.matmul(h, self.output, out=self.z[:m])
        z += self.output_biases
        # z becomes the slope of each image's cost in it, then h's δ.
        z -= z.max(axis=1, keepdims=True)
        np.exp(z, out=z)
        z /= z.sum(axis=1, keepdims=True)
        z -= self.y[chosen]
        dh = np.matmul(z, self.output.T, out=self.dh[:m])
        dh *= h > 0
        np.matmul(dh, self.hidden.T, out=dfeatures.reshape(m, -1))
        dfeatures *= features > 0
        step = -self.rate / m
        self.gemm(step, z.T, h.T, 1, self.output.T, 0, 1, 1)
        self.output_biases += step * z.sum(axis=0)
        self.gemm(step, dh.T, flat.T, 1, self.hidden.T, 0, 1, 1)
        self.hidden_biases += step * dh.sum(axis=0)
        self.b += step * dfeatures.reshape(m, self.filters, -1).sum(axis=(0, 2))
        dw = sum(self._filter_gradient(g, dfeatures[images]) for g, images in groups)
        self.w += step * dw

    def _convolve_and_pool(self, g: int, chosen: NDArray[np.integer], features: Array) -> None:
        """Features of a group of images, without biases, and where each maximum was."""
        n, rows, columns = len(chosen), self.rows, self.columns
        patches, convolved, across = self.patches[g][:, :n], self.convolved[:, :n], self.across[:, :n]
        images = self.x[:, chosen]
        shifted = patches.reshape(self.size, self.size, len(images), n, rows, columns)
        for i in range(self.size):
            for j in range(self.size):
                shifted[i, j] = images[:, :, i : i + rows, j : j + columns]
        np.matmul(self.w, patches.reshape(len(patches), -1), out=convolved.reshape(self.filters, -1))
        left, right = convolved[..., ::2], convolved[..., 1::2]
        np.maximum(left, right, out=across)
        np.greater(right, left, out=self.later_column[g][:, :n])
        upper, lower = across[:, :, ::2], across[:, :, 1::2]
        np.maximum(upper, lower, out=features.transpose(1, 0, 2, 3))
        np.greater(lower, upper, out=self.later_row[g][:, :n])

    def _filter_gradient(self, g: int, dfeatures: Array) -> Array:
        """The slope of a group's summed cost in the filters: each pooled slope at its maximum, times the patches."""
        n = len(dfeatures)
        patches, dconvolved, dacross = self.patches[g][:, :n], self.convolved[:, :n], self.across[:, :n]
        slopes = dfeatures.transpose(1, 0, 2, 3)
        upper, lower = dacross[:, :, ::2], dacross[:, :, 1::2]
        np.multiply(slopes, self.later_row[g][:, :n], out=lower)
        np.subtract(slopes, lower, out=upper)
        left, right = dconvolved[..., ::2], dconvolved[..., 1::2]
        np.multiply(dacross, self.later_column[g][:, :n], out=right)
        np.subtract(dacross, right, out=left)
        return dconvolved.reshape(self.filters, -1) @ patches.reshape(len(patches), -1).T

    def trained(self) -> CNN:
        """The network as it is now."""
        shape = self.network.filters.shape
        filters = self.w.reshape(self.filters, *shape[:3]).transpose(1, 2, 3, 0)
        by_place = self.hidden.reshape(self.filters, self.rows // 2, self.columns // 2, -1).transpose(1, 2, 0, 3)
        return replace(
            self.network,
            filters=np.ascontiguousarray(filters),
            filter_biases=self.b.copy(),
            hidden=np.ascontiguousarray(by_place).reshape(self.hidden.shape),
            hidden_biases=self.hidden_biases.copy(),
            output=self.output.copy(),
            output_biases=self.output_biases.copy(),
        )
