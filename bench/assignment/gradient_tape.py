"""The checks of the exercise of this name, as its author would write them for another grader.

FUNCTION: what the student writes.
CHECKS: name → (points, a function that takes the student's and raises AssertionError).
"""

import numpy as np
import tensorflow as tf

FUNCTION = "loss_and_gradients"


def reference(w, b, x, y):
    """Mean cross entropy of softmax(x w + b), and its gradients with respect to w and b."""
    z = x @ w + b
    z -= z.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    rows = np.arange(len(x))
    loss = -np.log(p[rows, y]).mean()
    p[rows, y] -= 1
    return loss, x.T @ p / len(x), p.mean(axis=0)


def asked(m, n, classes, arrive, dtype=np.float64):
    """A check on m random examples of n features, with parameters that arrive as arrays, tensors or Variables."""

    def check(loss_and_gradients):
        rng = np.random.default_rng()
        w, b, x = (rng.normal(size=s).astype(dtype) for s in ((n, classes), classes, (m, n)))
        y = rng.permutation(np.arange(m) % classes)
        right = reference(w.astype(float), b.astype(float), x.astype(float), y)
        reply = loss_and_gradients(arrive(w), arrive(b), x, y)
        assert len(reply) == len(right)
        for received, expected in zip(reply, right, strict=True):
            r = np.asarray(received, float)
            assert r.shape == np.shape(expected)
            assert np.linalg.norm(r - expected) <= (1e-5 if dtype == np.float32 else 1e-7) * np.linalg.norm(expected)

    return check


CHECKS = {
    "Parameters as arrays": (2, asked(7, 4, 3, lambda a: a)),
    "Parameters as tensors": (2, asked(9, 3, 5, tf.constant)),
    "Parameters as Variables": (3, asked(8, 5, 3, tf.Variable)),
    "As many features as classes and examples": (2, asked(4, 4, 4, tf.Variable)),
    "Single precision": (1, asked(6, 4, 3, tf.Variable, np.float32)),
}
