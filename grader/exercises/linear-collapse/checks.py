"""Linear networks against mlcore's, with the identity as activation; tables against least squares; both on XOR."""

import numpy as np

from grader.checks import check, compare_array, compare_arrays, compare_values
from grader.errors import CheckFailed
from mlcore.networks import Network

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
AND, OR, XOR = (np.array(t, dtype=float) for t in ([[0, 0], [0, 1]], [[0, 1], [1, 1]], [[0, 1], [1, 0]]))


def linear(rng, sizes):
    return Network.random(sizes, rng, hidden="identity", output="identity")


def collapsed(student, net, dtype=np.float64):
    """The student's one layer, held against what the reference's network makes of 0 and of each single input."""
    weights, biases = ([a.astype(dtype) for a in group] for group in (net.weights, net.biases))
    n = weights[0].shape[1]
    right = Network([w.astype(float) for w in weights], [b.astype(float) for b in biases], "identity", "identity")
    origin, *axes = right.forward(np.vstack([np.zeros(n), np.eye(n)]))[1][-1]
    reply = student.collapse(weights, biases)
    tolerance = 1e-5 if dtype == np.float32 else None
    return compare_values(reply, {"w": np.transpose(axes - origin), "b": origin}, tolerance)


def best(table):
    """Least squares over all linear functions of the corners."""
    columns = np.hstack([CORNERS, np.ones((4, 1))])
    return (columns @ np.linalg.lstsq(columns, table.ravel(), rcond=None)[0]).reshape(2, 2)


@check("One layer and two", points=1)
def one_layer(student, rng):
    collapsed(student, linear(rng, (3, 2)))
    return collapsed(student, linear(rng, (1, 3, 1)))


@check("Layers of equal width", points=2)
def equal_width(student, rng):
    return collapsed(student, linear(rng, (4, 4, 4, 4)))


@check("Layers of unequal width", points=2)
def unequal_width(student, rng):
    return collapsed(student, linear(rng, (5, 3, 6, 2, 4)))


@check("Single precision", points=1)
def single_precision(student, rng):
    return collapsed(student, linear(rng, (3, 5, 2)), np.float32)


@check("The gap of a table", points=1)
def gaps(student, rng):
    evidence = None
    for table in (XOR, AND, OR, rng.normal(size=(2, 2))):
        (a, b), (c, d) = table
        evidence = compare_arrays(student.gap(table), a - b - c + d, "gap(table)")
    return evidence


@check("The closest linear table", points=2)
def closest(student, rng):
    straight = linear(rng, (2, 1)).forward(CORNERS)[1][-1].reshape(2, 2)
    evidence = None
    for table in (XOR, AND, straight, rng.normal(size=(2, 2))):
        evidence = compare_arrays(student.closest_linear(table), best(table), "closest_linear(table)")
    return evidence


@check("A deep linear network computes no XOR", points=1)
def no_xor(student, rng):
    net = linear(rng, (2, 5, 3, 1))
    evidence = collapsed(student, net)
    table = net.forward(CORNERS)[1][-1].reshape(2, 2)
    reply = student.gap(table)
    found = compare_array(reply, np.array(0.0), "gap(table)", tolerance=1e-6 * float(np.abs(table).max()))
    if not found.passed:
        raise CheckFailed(f"{found.problem} A linear network made this table, so its gap is 0.")
    return evidence
