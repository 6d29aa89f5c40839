"""Fully connected networks: forward, backward, and what they cost.

Batches are rows: x is (m, n_in), y is (m, n_out). weights[l] is (n_out, n_in), biases[l] is (n_out,), z = a·wᵀ + b.
Source: Nielsen, Neural Networks and Deep Learning (2015), chapter 2; Rumelhart, Hinton & Williams (1986).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike

from mlcore.activations import ACTIVATIONS
from mlcore.arguments import Array, Labels, count, labels, one_of, shaped
from mlcore.costs import COSTS, cross_entropy_of_logits, log_likelihood_of_logits
from mlcore.initializers import INITIALIZERS

# Behind these outputs, with these costs, the slope of an example's cost in z is a − y, and the cost is exact from z.
MATCHED = {
    ("sigmoid", "cross-entropy"): cross_entropy_of_logits,
    ("softmax", "log-likelihood"): log_likelihood_of_logits,
}


@dataclass(frozen=True)
class Network:
    """weights[l] (n_out, n_in) and biases[l] (n_out,) of each layer after the input.

    hidden and output name activations of mlcore.activations, cost one of mlcore.costs.
    """

    weights: list[Array]
    biases: list[Array]
    hidden: str = "sigmoid"
    output: str = "sigmoid"
    cost: str = "quadratic"

    def __post_init__(self) -> None:
        one_of("hidden", self.hidden, ACTIVATIONS)
        one_of("output", self.output, ACTIVATIONS)
        one_of("cost", self.cost, COSTS)
        if not self.weights or len(self.weights) != len(self.biases):
            raise ValueError(
                f"weights and biases: {len(self.weights)} and {len(self.biases)} came, one of each a layer expected"
            )
        for i, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            n_in = self.weights[i - 1].shape[0] if i else "n_in"
            shaped(f"biases[{i}]", b, shaped(f"weights[{i}]", w, ("n_out", n_in)).shape[:1])

    @classmethod
    def random(
        cls,
        sizes: Sequence[int],
        rng: np.random.Generator,
        *,
        initializer: str = "scaled",
        hidden: str = "sigmoid",
        output: str = "sigmoid",
        cost: str = "quadratic",
        dtype: DTypeLike = np.float64,
    ) -> "Network":
        """Weights from an initializer of mlcore.initializers, biases from N(0, 1); sizes from input to output."""
        if len(sizes) < 2:
            raise ValueError(f"sizes: {list(sizes)} came, at least an input's and an output's expected")
        draw = one_of("initializer", initializer, INITIALIZERS)
        weights = [draw(n_in, n_out, rng, dtype) for n_in, n_out in pairwise(sizes)]
        biases = [rng.normal(0, 1, count("sizes", n)).astype(dtype) for n in sizes[1:]]
        return cls(weights, biases, hidden, output, cost)

    def forward(self, x: Array, masks: Sequence[Array] | None = None) -> tuple[list[Array], list[Array]]:
        """Weighted inputs z[l] and activations a[l], a[0] being x; each (m, n of its layer).

        masks, one a hidden layer, multiply its activations: dropout's.
        """
        x = shaped("x", x, ("m", self.weights[0].shape[1]))
        zs: list[Array] = []
        activations = [x]
        for layer, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            zs.append(activations[-1] @ w.T + b)
            last = layer == len(self.weights) - 1
            a = ACTIVATIONS[self.output if last else self.hidden].function(zs[-1])
            activations.append(a if last or masks is None else a * shaped(f"masks[{layer}]", masks[layer], a.shape))
        return zs, activations

    def loss(self, x: Array, y: Array) -> float:
        """The mean cost over the batch."""
        zs, activations = self.forward(x)
        exact = MATCHED.get((self.output, self.cost))
        value = COSTS[self.cost].value(activations[-1], y) if exact is None else exact(zs[-1], y)
        return value.item()

    def deltas(self, x: Array, y: Array, masks: Sequence[Array] | None = None) -> list[Array]:
        """δ[l] (m, n of the layer), the slope of each example's own cost in z[l]; the output's is the last."""
        return self._deltas(*self.forward(x, masks), y, masks)

    def backprop(self, x: Array, y: Array, masks: Sequence[Array] | None = None) -> tuple[list[Array], list[Array]]:
        """Gradients (nabla_w, nabla_b) of the mean cost, shaped as weights and biases."""
        zs, activations = self.forward(x, masks)
        deltas = self._deltas(zs, activations, y, masks)
        nabla_w: list[Array] = [delta.T @ a / len(x) for delta, a in zip(deltas, activations, strict=False)]
        nabla_b: list[Array] = [delta.sum(axis=0) / len(x) for delta in deltas]
        return nabla_w, nabla_b

    def predict(self, x: Array) -> Labels:
        """The class of each example, (m,): the output neuron that is most active."""
        return self.forward(x)[1][-1].argmax(axis=1)

    def accuracy(self, x: Array, y: Labels) -> float:
        """The share of examples whose class is the label; y is (m,), integers."""
        found = self.predict(x)
        return float((found == labels("y", y, len(found), self.weights[-1].shape[0])).mean())

    def _deltas(
        self, zs: list[Array], activations: list[Array], y: Array, masks: Sequence[Array] | None
    ) -> list[Array]:
        deltas = [self._output_delta(zs[-1], activations[-1], y)]
        for layer in reversed(range(1, len(self.weights))):
            da = deltas[0] @ self.weights[layer]
            if masks is not None:
                da = da * masks[layer - 1]
            deltas.insert(0, ACTIVATIONS[self.hidden].backward(da, zs[layer - 1]))
        return deltas

    def _output_delta(self, z: Array, a: Array, y: Array) -> Array:
        y = shaped("y", y, a.shape)
        if (self.output, self.cost) in MATCHED:
            return a - y
        return ACTIVATIONS[self.output].backward(COSTS[self.cost].derivative(a, y), z)


def one_hot(y: Labels, classes: int, dtype: DTypeLike = np.float64) -> Array:
    """Labels (m,) as rows (m, classes): 1 in the label's column, else 0."""
    return np.eye(count("classes", classes), dtype=dtype)[labels("y", y, len(y), classes)]
