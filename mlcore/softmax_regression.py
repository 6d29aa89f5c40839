"""Softmax regression: one layer of logits, classes by integer labels.

Source: Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.4.
"""

import numpy as np
from numpy.typing import NDArray

from mlcore.activations import Array, softmax


def loss_and_gradients(w: Array, b: Array, x: Array, y: NDArray[np.integer]) -> tuple[float, Array, Array]:
    """The mean cross-entropy of softmax(x·w + b) against the labels, and its gradients.

    w : (n, K), b : (K,), x : (m, n), y : (m,) with labels from 0 to K − 1.
    Returns the loss, dw (n, K), db (K,).
    """
    m = len(x)
    probabilities = softmax(x @ w + b)
    rows = np.arange(m)
    loss = -float(np.log(probabilities[rows, y]).mean())
    delta = probabilities.copy()
    delta[rows, y] -= 1
    return loss, x.T @ delta / m, delta.sum(axis=0) / m
