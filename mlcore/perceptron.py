"""The perceptron: a threshold unit that learns from its mistakes, one example after another.

x is (m, n), one example a row; y is (m,) and holds −1 or +1. Where a plane separates the labels by a margin γ,
at most (R/γ)² mistakes are ever made, R and γ being those of the rows with a 1 appended.
Source: Rosenblatt, The perceptron (1958); Novikoff, On convergence proofs for perceptrons (1962).
"""

import numpy as np

from mlcore.activations import Array


def train(x: Array, y: Array, epochs: int) -> tuple[Array, float, list[int]]:
    """Weights w (n,), bias b, and the number of mistakes in each epoch, the examples in the order given.

    From w = 0 and b = 0, each example with y(w·x + b) ≤ 0 is a mistake and adds y·x to w and y to b.
    """
    if x.ndim != 2 or y.shape != x.shape[:1] or not np.isin(y, (-1, 1)).all():
        raise ValueError(f"x and y: shapes {x.shape} and {y.shape} came, (m, n) and (m,) of −1 and +1 expected")
    w, b = np.zeros(x.shape[1]), 0.0
    mistakes = [0] * epochs
    for epoch in range(epochs):
        for example, label in zip(x, y, strict=True):
            if label * (w @ example + b) <= 0:
                w = w + label * example
                b += float(label)
                mistakes[epoch] += 1
    return w, b, mistakes
