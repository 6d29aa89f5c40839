"""A simple recurrent network: its hidden state feeds back into itself, and learns by back-propagation through time.

x is (m, T, n_in), a sequence a row; labels are (m, T), one a step. h(t) = tanh(x(t)·u + h(t−1)·w + b), the output is
softmax(h(t)·v + c), the cost the log-likelihood, averaged over sequences and steps.
Source: Elman, Finding structure in time (1990); Werbos, Backpropagation through time (1990).
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import DTypeLike

from mlcore.activations import softmax, tanh
from mlcore.arguments import Array, Labels, count, floats, labels, shaped
from mlcore.costs import log_likelihood_of_logits
from mlcore.networks import one_hot


@dataclass(frozen=True)
class RNN:
    """u (n_in, n), w (n, n), b (n,), v (n, K), c (K,)."""

    u: Array
    w: Array
    b: Array
    v: Array
    c: Array

    def __post_init__(self) -> None:
        _, n = shaped("u", self.u, ("n_in", "n")).shape
        shaped("w", self.w, (n, n))
        shaped("b", self.b, (n,))
        _, classes = shaped("v", self.v, (n, "K")).shape
        shaped("c", self.c, (classes,))

    @classmethod
    def random(
        cls, inputs: int, hidden: int, classes: int, rng: np.random.Generator, dtype: DTypeLike = np.float64
    ) -> "RNN":
        """Weights from N(0, 1/n_in) of each matrix, biases 0."""
        n, k = count("hidden", hidden), count("classes", classes)

        def scaled(*shape: int) -> Array:
            return rng.normal(0, shape[0] ** -0.5, shape).astype(dtype)

        return cls(
            scaled(count("inputs", inputs), n), scaled(n, n), np.zeros(n, dtype), scaled(n, k), np.zeros(k, dtype)
        )

    def parameters(self) -> list[Array]:
        """All of them, in the order of the fields."""
        return [getattr(self, field.name) for field in fields(self)]

    def forward(self, x: Array) -> tuple[Array, Array]:
        """Hidden states h (m, T + 1, n), the first of them 0, and the softmax's weighted inputs z (m, T, K)."""
        x = shaped("x", x, ("m", "T", self.u.shape[0]))
        h = np.zeros((x.shape[0], x.shape[1] + 1, len(self.b)), np.result_type(x, self.u))
        for t in range(x.shape[1]):
            h[:, t + 1] = tanh(x[:, t] @ self.u + h[:, t] @ self.w + self.b)
        return h, h[:, 1:] @ self.v + self.c

    def loss(self, x: Array, y: Labels) -> float:
        """The mean log-likelihood cost over all steps of all sequences."""
        _, z = self.forward(x)
        return log_likelihood_of_logits(z.reshape(-1, len(self.c)), self._wanted(x, y)).item()

    def backprop_through_time(self, x: Array, y: Labels) -> list[Array]:
        """Gradients of the loss in u, w, b, v and c.

        What comes to h(t) is from its own step's output and from h(t + 1): δ(t) = (dz(t)·vᵀ + δ(t+1)·wᵀ) · (1 − h(t)²).
        """
        h, z = self.forward(x)
        wanted = self._wanted(x, y)
        dz = (softmax(z) - wanted.reshape(z.shape)) / len(wanted)
        delta = np.zeros_like(h[:, 1:])
        later = np.zeros_like(h[:, 0])
        for t in reversed(range(x.shape[1])):
            later = (dz[:, t] @ self.v.T + later @ self.w.T) * (1 - h[:, t + 1] ** 2)
            delta[:, t] = later
        return [
            np.einsum("mti,mtn->in", x, delta),
            np.einsum("mti,mtn->in", h[:, :-1], delta),
            delta.sum(axis=(0, 1)),
            np.einsum("mtn,mtk->nk", h[:, 1:], dz),
            dz.sum(axis=(0, 1)),
        ]

    def predict(self, x: Array) -> Labels:
        """The class at each step, (m, T)."""
        return self.forward(x)[1].argmax(axis=2)

    def _wanted(self, x: Array, y: Labels) -> Array:
        due = np.asarray(y)
        if due.shape != x.shape[:2]:
            raise ValueError(f"y: shape {due.shape} came, {x.shape[:2]} expected, one label a step")
        return one_hot(labels("y", due.ravel(), due.size, len(self.c)), len(self.c), floats("x", x).dtype)
