"""The averaged perceptron against mlcore: one epoch, several, classes that overlap, margins of exactly zero."""

import numpy as np

from grader.checks import check, compare_values
from mlcore import perceptron


def asked(student, x, y, epochs):
    """The student's means, held against the reference's. The labels arrive as integers."""
    y = np.asarray(y, dtype=int)
    w, b = perceptron.train_averaged(x, y, epochs)
    return compare_values(student.train_averaged(x, y, epochs), {"w": w, "b": b})


def clouds(rng, m, n, distance):
    """Two clouds of examples around points this far apart, off the origin. Both labels are among the first four."""
    direction = rng.normal(size=n)
    direction /= np.linalg.norm(direction)
    y = rng.choice([-1, 1], m)
    y[:4] = rng.permutation([1, 1, -1, -1])
    return rng.normal(size=(m, n)) + np.outer(y * distance / 2 + 1, direction), y


@check("One epoch", points=3)
def one_epoch(student, rng):
    return asked(student, *clouds(rng, 9, 4, 2), 1)


@check("As many examples as weights, three epochs", points=2)
def square(student, rng):
    return asked(student, *clouds(rng, 5, 5, 1), 3)


@check("Classes that no plane separates", points=2)
def overlapping(student, rng):
    return asked(student, *clouds(rng, 31, 3, 1), 6)


@check("Examples on the plane", points=2)
def on_the_plane(student, rng):
    # Whole numbers bring margins of exactly zero, also later on.
    x = rng.integers(-2, 3, (13, 3)).astype(float)
    return asked(student, x, rng.choice([-1, 1], 13), 4)


@check("A single example", points=1)
def single_example(student, rng):
    x = rng.normal(size=(1, 3))
    asked(student, x, [1], 1)
    return asked(student, x, [-1], 2)
