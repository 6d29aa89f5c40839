"""Mini-batches and an epoch of them against mlcore: even and short batches, one example, all at once, float32."""

import numpy as np

from grader.checks import check, checked_layers, checked_parts, compare_values, kind_of, unchanged
from grader.errors import CheckFailed
from mlcore.networks import Network
from mlcore.optimizers import SGD
from mlcore.training import step

GROUPS = ("weights", "biases")


def cut(student, rng, n, size):
    order = rng.permutation(3 * n)[:n]
    reply = student.batches(order, size)
    expected = {f"batches[{i}]": order[start : start + size] for i, start in enumerate(range(0, n, size))}
    if isinstance(reply, list | tuple) and len(reply) != len(expected):
        raise CheckFailed(
            f"`batches` of {n} rows by {size} returned {kind_of(reply)}, expected {len(expected)}: every row "
            "belongs to one batch, and only the last may be short."
        )
    evidence = compare_values(reply, expected)
    unchanged(student)
    return evidence


def asked(student, rng, sizes, n, size, rate, dtype=np.float64):
    """The student's epoch on a random network and order, held against the reference's steps."""
    net = Network.random(sizes, rng)
    weights, biases = ([a.astype(dtype) for a in group] for group in (net.weights, net.biases))
    x, y = rng.normal(size=(n, sizes[0])).astype(dtype), rng.uniform(size=(n, sizes[-1])).astype(dtype)
    order = rng.permutation(n)
    reply = student.epoch(weights, biases, x, y, order, size, rate)
    right, optimizer = Network([w.astype(float) for w in weights], [b.astype(float) for b in biases]), SGD(rate)
    for start in range(0, n, size):
        rows = order[start : start + size]
        right, _ = step(right, x[rows].astype(float), y[rows].astype(float), optimizer, None, None, n)
    groups = zip(checked_parts(reply, "epoch", GROUPS), GROUPS, strict=True)
    expected = {f"weights[{i}]": w for i, w in enumerate(right.weights)}
    expected |= {f"biases[{i}]": b for i, b in enumerate(right.biases)}
    arrays = [a for group, name in groups for a in checked_layers(group, len(weights), name)]
    # What was computed in single precision stays so, also where the reply is float64.
    evidence = compare_values(arrays, expected, 1e-5 if dtype == np.float32 else None)
    unchanged(student)
    return evidence


@check("Batches that come out even", points=1)
def even(student, rng):
    return cut(student, rng, 12, 4)


@check("A short last batch", points=1)
def short(student, rng):
    cut(student, rng, 10, 4)
    cut(student, rng, 3, 5)
    return cut(student, rng, 4, 1)


@check("An epoch of one mini-batch", points=2)
def one_batch(student, rng):
    return asked(student, rng, (4, 3), 6, 6, 0.5)


@check("An epoch of several mini-batches", points=3)
def several(student, rng):
    asked(student, rng, (5, 5, 5), 15, 3, 2.0)
    return asked(student, rng, (5, 4, 3), 12, 4, 2.0)


@check("An epoch with a short last batch", points=2)
def short_epoch(student, rng):
    asked(student, rng, (6, 4, 5, 2), 13, 5, 3.0)
    return asked(student, rng, (3, 4, 2), 5, 8, 1.5)


@check("One example at a time, and single precision", points=1)
def edges(student, rng):
    asked(student, rng, (4, 3, 2), 7, 1, 1.0)
    return asked(student, rng, (5, 4, 2), 10, 4, 1.0, np.float32)
