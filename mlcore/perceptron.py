"""The perceptron: a threshold unit that learns from its mistakes, one example after another.

x is (m, n), one example a row, an array or scipy's sparse rows; y is (m,) and holds −1 or +1. Where a plane separates
the labels by a margin γ, at most (R/γ)² mistakes are ever made, R and γ being those of the rows with a 1 appended.
Source: Rosenblatt, The perceptron (1958); Novikoff, On convergence proofs for perceptrons (1962); Freund & Schapire,
Large margin classification using the perceptron algorithm (1999); XOR: Minsky & Papert, Perceptrons (1969).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from mlcore.arguments import Array, count, floats, number, require_shape, shaped, signs

# Dense, or sparse: scipy comes without types.
Rows = Any

# No plane has (0, 1) and (1, 0) on one side, (0, 0) and (1, 1) on the other.
XOR = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([-1, 1, 1, -1])


def train(x: Rows, y: NDArray[np.number], epochs: int) -> tuple[Array, float, list[int]]:
    """Weights w (n,), bias b, and the number of mistakes in each epoch, the examples in the order given.

    From w = 0 and b = 0, each example with y(w·x + b) ≤ 0 is a mistake and adds y·x to w and y to b.
    """
    x, y = examples(x, y)
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes = [0] * count("epochs", epochs, 0)
    for epoch in range(epochs):
        for (columns, values), label in zip(rows(x), y, strict=True):
            if label * (w[columns] @ values + b) <= 0:
                w[columns] += label * values
                b += float(label)
                mistakes[epoch] += 1
    return w, b, mistakes


def train_averaged(x: Rows, y: NDArray[np.number], epochs: int) -> tuple[Array, float]:
    """The mean of w and b over all steps of `train`, after each example: what held long counts more.

    The sum is not formed step by step: a change at step t of T stays in T − t of the T values, so that the mean is
    w − Σ t·change / T.
    """
    x, y = examples(x, y)
    w, b = np.zeros(x.shape[1]), 0.0
    weighted_w, weighted_b = np.zeros(x.shape[1]), 0.0
    t = 0
    for _ in range(count("epochs", epochs)):
        for (columns, values), label in zip(rows(x), y, strict=True):
            if label * (w[columns] @ values + b) <= 0:
                w[columns] += label * values
                b += float(label)
                weighted_w[columns] += t * label * values
                weighted_b += t * float(label)
            t += 1
    return w - weighted_w / t, b - weighted_b / t


def predict(w: Array, b: float, x: Rows) -> Array:
    """+1 where w·x + b > 0, else −1; (m,)."""
    w = shaped("w", w, ("n",))
    return np.where(example_rows(x, len(w)) @ w + number("b", b) > 0, 1.0, -1.0)


def novikoff_bound(x: Array, y: NDArray[np.number], w: Array, b: float) -> float:
    """(R/γ)², the most mistakes that the rule can make on examples that the plane w·x + b = 0 separates.

    R is the longest row with a 1 appended, γ the least distance of such a row from the plane. Raises ValueError where
    the plane does not separate them.
    """
    x, y = examples(x, y)
    w = shaped("w", w, (x.shape[1],))
    margin = float((y * (x @ w + number("b", b))).min() / np.sqrt(w @ w + b * b))
    if margin <= 0:
        raise ValueError(f"w and b: a margin of {margin:.3g} came, a plane that separates the examples expected")
    longest = float((x * x).sum(axis=1).max()) + 1
    return longest / margin**2


def examples(x: Rows, y: NDArray[np.number]) -> tuple[Rows, NDArray[np.number]]:
    """x of finite floats, not empty, and a sign for each row."""
    x = example_rows(x)
    return x, signs("y", y, (x.shape[0],))


def example_rows(x: Rows, n: int | str = "n") -> Rows:
    """x (m, n) of finite floats, not empty."""
    if not sparse.issparse(x):
        return shaped("x", x, ("m", n))
    require_shape("x", x.shape, ("m", n))
    x = sparse.csr_array(x)
    floats("x.data", x.data)
    return x


def rows(x: Rows) -> Iterator[tuple[Array | slice, Array]]:
    """Each row as the columns that are not 0 and their values; all columns where x is dense."""
    if sparse.issparse(x):
        for start, end in zip(x.indptr, x.indptr[1:], strict=False):
            yield x.indices[start:end], x.data[start:end]
    else:
        for row in x:
            yield slice(None), row
