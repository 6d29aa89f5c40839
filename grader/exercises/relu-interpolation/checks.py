"""Networks of ReLUs by what they compute: at the knots, between them and outside, against mlcore and straight lines."""

import numpy as np

from grader.checks import check, checked_array, checked_parts, kind_of
from grader.errors import CheckFailed
from mlcore.networks import Network
from mlcore.universality import goal, relu_interpolation, weighted_sum

TOLERANCE, SINGLE = 1e-9, 1e-4


def asked(student, knots, values):
    """The student's network through these points, and how far it may be off."""
    reply = student.relu_network(knots, values)
    w, b, v, c = checked_parts(reply, "relu_network", ("w", "b", "v", "c"))
    n = len(w) if isinstance(w, list | tuple) or (isinstance(w, np.ndarray) and w.ndim == 1) else 0
    if not 1 <= n <= len(knots):
        raise CheckFailed(
            f"`w` is {kind_of(w)}, expected one number for each hidden neuron, and 1 to {len(knots)} neurons for "
            f"{len(knots)} knots."
        )
    single = any(getattr(a, "dtype", None) in (np.float32, np.float16) for a in reply)
    w, b, v = (checked_array(value, (n,), name) for value, name in ((w, "w"), (b, "b"), (v, "v")))
    c = checked_array(c, (), "c")
    network = Network([w[:, None], v[None]], [b, c[None]], hidden="relu", output="identity")
    return network, (SINGLE if single else TOLERANCE) * float(np.abs(values).max())


def follows(network, off, points, due, where):
    """The network's output is `due` at `points`; `where` says which points these are."""
    found = weighted_sum(network, points)
    errors = np.abs(found - due)
    if not errors.max() <= off:
        at = errors.argmax()
        raise CheckFailed(
            f"{where}, at x = {points[at]:.4g}, your network gives {found[at]:.4g}, expected {due[at]:.4g}."
        )


def inside(student, knots, values):
    """At the knots first, as that is easier to understand, then between them."""
    network, off = asked(student, knots, values)
    follows(network, off, knots, values, "At a knot")
    points = np.linspace(knots[0], knots[-1], 401)
    follows(network, off, points, np.interp(points, knots, values), "Between two knots")


def uneven(rng, k, start):
    """k knots from `start` on, at clearly different distances."""
    return start + np.append(0, np.cumsum(rng.permutation(np.linspace(0.2, 1.7, k - 1))))


@check("Two knots", points=1)
def two_knots(student, rng):
    start = rng.uniform(0.3, 0.9)
    inside(student, np.array([start, start + rng.uniform(0.3, 0.8)]), np.array([rng.uniform(1, 2), rng.uniform(3, 5)]))


@check("The goal at even knots", points=2)
def even_knots(student, rng):
    n = int(rng.integers(9, 15))
    knots = np.linspace(0, 1, n + 1)
    network, off = asked(student, knots, goal(knots))
    points = np.linspace(0, 1, 801)
    follows(network, off, points, weighted_sum(relu_interpolation(goal, n), points), "From 0 to 1")


@check("Uneven knots", points=3)
def uneven_knots(student, rng):
    inside(student, uneven(rng, 7, rng.uniform(0.2, 1)), rng.normal(0, 2, 7) + 1)


@check("Knots on both sides of 0", points=2)
def around_zero(student, rng):
    inside(student, uneven(rng, 6, -rng.uniform(1, 2)), rng.normal(0, 2, 6) - 1)


@check("Outside the knots", points=2)
def outside(student, rng):
    knots, values = uneven(rng, 5, -0.7), rng.normal(0, 2, 5) + rng.choice([-3, 3])
    network, off = asked(student, knots, values)
    left, right = np.linspace(knots[0] - 3, knots[0], 31), np.linspace(knots[-1], knots[-1] + 3, 31)
    follows(network, off, left, np.full(31, values[0]), "Left of the knots")
    follows(network, off, right, np.full(31, values[-1]), "Right of the knots")
