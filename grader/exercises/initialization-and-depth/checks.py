"""Spreads of activations and errors by gain, against mlcore's networks; the gain that carries errors through depth."""

from itertools import pairwise

import numpy as np

from grader.checks import Evidence, Mismatch, check, checked_array, compare_array, compare_values
from mlcore.networks import Network

# Numbers in lists do not show the precision that they were computed in; the mistakes lie a hundred times further apart.
TOLERANCE = 1e-5


def drawn(rng, sizes, m):
    """Inputs, normals and errors for layers of these sizes."""
    normals = [rng.normal(size=(n_out, n_in)) for n_in, n_out in pairwise(sizes)]
    return rng.normal(0.3, 1, (m, sizes[0])), normals, rng.normal(0.2, 1, (m, sizes[-1]))


def network(normals, gain, activation):
    weights = [gain / np.sqrt(normal.shape[1]) * normal for normal in normals]
    return Network(weights, [np.zeros(len(w)) for w in weights], hidden=activation, output=activation)


def right_spreads(x, normals, gains, activation):
    return np.array([[a.std() for a in network(normals, g, activation).forward(x)[1][1:]] for g in gains])


def right_error_spreads(x, normals, gains, activation, errors):
    rows = []
    for gain in gains:
        net = network(normals, gain, activation)
        # The quadratic cost's slope in the outputs is a − y.
        rows.append([delta.std() for delta in net.deltas(x, net.forward(x)[1][-1] - errors)])
    return np.array(rows)


def compared(reply, expected, name, gains):
    """Each gain's row by itself: the spreads of small gains would be lost beside those of large ones."""
    whole = checked_array(reply, expected.shape, name, np.inf)
    rows = tuple(
        compare_array(row, right, f"{name}, gain {gain:.3g}", TOLERANCE)
        for row, right, gain in zip(whole, expected, gains, strict=True)
    )
    wrong = [row for row in rows if not row.passed]
    if wrong:
        more = f" So do {len(wrong) - 1} more of {len(rows)} rows." if len(wrong) > 1 else ""
        raise Mismatch(wrong[0].problem + more, Evidence(rows))
    return Evidence(rows)


def spreads_asked(student, x, normals, gains, activation):
    reply = student.spreads(x, normals, gains, activation)
    return compared(reply, right_spreads(x, normals, gains, activation), "spreads", gains)


def errors_asked(student, x, normals, gains, activation, errors):
    reply = student.error_spreads(x, normals, gains, activation, errors)
    return compared(reply, right_error_spreads(x, normals, gains, activation, errors), "error_spreads", gains)


def choice(rng, gains, activation):
    """What to ask in a network of 12 layers in which one gain is much better than every other, and that gain."""
    gains = rng.permutation(gains)
    while True:
        x, normals, errors = drawn(rng, (30,) * 13, 10)
        rows = right_error_spreads(x, normals, gains, activation, errors)
        off = np.abs(np.log(rows[:, 0] / rows[:, -1]))
        best, second = np.sort(off)[:2]
        if best < 0.6 * second:
            return (x, normals, gains, activation, errors), gains[np.argmin(off)]


@check("Activations through tanh", points=2)
def activations_tanh(student, rng):
    x, normals, _ = drawn(rng, (20, 26, 23, 29, 24), 9)
    return spreads_asked(student, x, normals, np.array([0.5, 1.3, 3.0]), "tanh")


@check("Activations through relu", points=2)
def activations_relu(student, rng):
    x, normals, _ = drawn(rng, (25, 28, 22, 27), 8)
    return spreads_asked(student, x, normals, np.array([2.0, 1.0]), "relu")


@check("Errors through tanh", points=2)
def errors_tanh(student, rng):
    x, normals, errors = drawn(rng, (20, 26, 23, 29, 24), 9)
    return errors_asked(student, x, normals, np.array([0.5, 1.3, 3.0]), "tanh", errors)


@check("Errors through relu, layers of equal width", points=2)
def errors_relu(student, rng):
    x, normals, errors = drawn(rng, (25, 25, 25, 25), 7)
    return errors_asked(student, x, normals, np.array([2.0, 1.0]), "relu", errors)


@check("The gain that carries errors", points=2)
def carrying(student, rng):
    tanh, right_tanh = choice(rng, [0.5, 0.8, 1.2, 2.9], "tanh")
    relu, right_relu = choice(rng, [0.7, 1.0, np.sqrt(2), 2.0, 2.8], "relu")
    # Both are asked before either is judged: one choice among four says little about how it came about.
    replies = [student.carrying_gain(*tanh), student.carrying_gain(*relu)]
    return compare_values(
        replies, {"carrying_gain with tanh": right_tanh, "carrying_gain with relu": right_relu}, TOLERANCE
    )
