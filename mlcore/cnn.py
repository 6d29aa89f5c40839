"""A small convolutional network: convolution, ReLU, max pooling, a dense layer with ReLU, a softmax.

Images are (m, height, width, channels), labels (m,).
Source: Nielsen (2015), chapter 6; LeCun, Bottou, Bengio & Haffner (1998).
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from mlcore.activations import relu, relu_prime, softmax
from mlcore.arguments import Array, Labels, count, labels, of_shape, shaped
from mlcore.convolution import convolve_backward, convolve_forward, square_filters
from mlcore.costs import log_likelihood_of_logits
from mlcore.dense import dense_backward, dense_forward
from mlcore.networks import one_hot
from mlcore.optimizers import Optimizer
from mlcore.pooling import max_pool_backward, max_pool_forward
from mlcore.training import batches


@dataclass(frozen=True)
class CNN:
    """filters (size, size, channels, n), filter_biases (n,); hidden (pooled, k), hidden_biases (k,); output (k, K),
    output_biases (K,)."""

    filters: Array
    filter_biases: Array
    hidden: Array
    hidden_biases: Array
    output: Array
    output_biases: Array

    def __post_init__(self) -> None:
        filters = square_filters("filters", self.filters)
        shaped("filter_biases", self.filter_biases, filters.shape[3:])
        hidden = shaped("hidden", self.hidden, ("pooled", "k"))
        shaped("hidden_biases", self.hidden_biases, hidden.shape[1:])
        output = shaped("output", self.output, (hidden.shape[1], "K"))
        shaped("output_biases", self.output_biases, output.shape[1:])

    @classmethod
    def random(
        cls,
        image: tuple[int, int, int],
        rng: np.random.Generator,
        *,
        filters: int = 20,
        size: int = 5,
        hidden: int = 100,
        classes: int = 10,
        dtype: DTypeLike = np.float64,
    ) -> "CNN":
        """Weights from N(0, 2/n_in), as ReLU wants them, biases 0, for images of (height, width, channels)."""
        height, width, channels = image
        if min(height, width) - count("size", size) + 1 < 2:
            raise ValueError(f"image: {height}×{width} came, at least {size + 1}×{size + 1} expected")
        pooled = ((height - size + 1) // 2) * ((width - size + 1) // 2) * count("filters", filters)

        def he(n_in: int, *shape: int) -> Array:
            return rng.normal(0, np.sqrt(2 / n_in), shape).astype(dtype)

        return cls(
            he(size * size * channels, size, size, channels, filters), np.zeros(filters, dtype),
            he(pooled, pooled, count("hidden", hidden)), np.zeros(hidden, dtype),
            he(hidden, hidden, count("classes", classes)), np.zeros(classes, dtype),
        )  # fmt: skip

    def parameters(self) -> list[Array]:
        """All of them, in the order of the fields."""
        return [getattr(self, field.name) for field in fields(self)]

    def images(self, x: Array) -> Array:
        """x as images with the filters' channels; what they hold is checked where they are convolved."""
        return of_shape("x", x, ("m", "height", "width", self.filters.shape[2]))

    def logits(self, x: Array) -> Array:
        """The softmax's weighted inputs, (m, K)."""
        return self._forward(x)[0]

    def loss_and_gradients(self, x: Array, y: Labels) -> tuple[float, list[Array]]:
        """The mean log-likelihood cost, and its gradient in each of the parameters, in their order."""
        z, (convolved, pooled, flat, first, second, h) = self._forward(x)
        due = one_hot(labels("y", y, len(x), z.shape[1]), z.shape[1], z.dtype)
        dz = (softmax(z) - due) / len(x)
        dh, doutput, doutput_biases = dense_backward(dz, second)
        dflat, dhidden, dhidden_biases = dense_backward(dh * relu_prime(h), first)
        drectified = max_pool_backward(dflat.reshape(flat), pooled)
        _, dfilters, dfilter_biases = convolve_backward(drectified * (pooled.x > 0), convolved)
        gradients = [dfilters, dfilter_biases, dhidden, dhidden_biases, doutput, doutput_biases]
        return log_likelihood_of_logits(z, due).item(), gradients

    def predict(self, x: Array) -> Labels:
        """The class of each image, (m,)."""
        return self.logits(x).argmax(axis=1)

    def accuracy(self, x: Array, y: Labels, batch: int = 500) -> float:
        """The share of images whose class is the label, taken batch by batch, as patches need room."""
        x = self.images(x)
        due = labels("y", y, len(x), len(self.output_biases))
        right = [self.predict(x[i : i + batch]) == due[i : i + batch] for i in range(0, len(x), batch)]
        return float(np.concatenate(right).mean())

    def _forward(self, x: Array) -> tuple[Array, Any]:
        x = self.images(x)
        convolution, convolved = convolve_forward(x, self.filters, self.filter_biases)
        features, pooled = max_pool_forward(relu(convolution))
        if features[0].size != len(self.hidden):
            raise ValueError(
                f"x: {x.shape[1]}×{x.shape[2]} pixels came, which make {features[0].size} features; as many as "
                f"make {len(self.hidden)} expected"
            )
        h, first = dense_forward(features.reshape(len(x), -1), self.hidden, self.hidden_biases)
        z, second = dense_forward(relu(h), self.output, self.output_biases)
        return z, (convolved, pooled, features.shape, first, second, h)


def train(
    network: CNN,
    x: Array,
    y: Labels,
    *,
    epochs: int,
    batch: int,
    optimizer: Optimizer,
    rng: np.random.Generator,
    progress: Callable[[float], None] | None = None,
) -> CNN:
    """The trained network; each epoch in a new order drawn from rng. progress is told the loss of each batch."""
    x = network.images(x)
    y = labels("y", y, len(x), len(network.output_biases))
    state = optimizer.start(network.parameters())
    for _ in range(count("epochs", epochs, 0)):
        for rows in batches(len(x), batch, rng):
            loss, gradients = network.loss_and_gradients(x[rows], y[rows])
            moved, state = optimizer.update(network.parameters(), gradients, state)
            network = replace(network, **dict(zip((f.name for f in fields(network)), moved, strict=True)))
            if progress is not None:
                progress(loss)
    return network
