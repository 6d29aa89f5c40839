"""The perceptron's path against mlcore: the first step, an epoch, several, and margins that are exactly zero."""

import numpy as np

from grader.checks import check, compare_values
from mlcore import perceptron


def asked(student, x, y, epochs):
    """The student's training, held against the reference's. The labels arrive as integers."""
    y = np.asarray(y, dtype=int)
    w, b, mistakes = perceptron.train(x, y, epochs)
    return compare_values(student.train(x, y, epochs), {"w": w, "b": b, "mistakes": mistakes})


def separable(rng, m, n, label):
    """Examples that a plane off the origin separates by some margin; the first one has this label."""
    plane = rng.normal(size=n)
    plane /= np.linalg.norm(plane)
    y = rng.choice([-1, 1], m)
    y[:2] = label, -label
    side = y * rng.uniform(0.5, 2, m) + 2
    x = rng.normal(0, 2, (m, n))
    return x + np.outer(side - x @ plane, plane), y


@check("The first mistake", points=1)
def first_mistake(student, rng):
    x = rng.normal(size=(1, 3))
    asked(student, x, [1], 1)
    return asked(student, x, [-1], 1)


@check("One epoch", points=2)
def one_epoch(student, rng):
    x, y = separable(rng, 9, 4, 1)
    return asked(student, x, y, 1)


@check("As many examples as weights", points=2)
def square(student, rng):
    x, y = separable(rng, 5, 5, 1)
    return asked(student, x, y, 3)


@check("Until no mistake is left", points=3)
def until_clean(student, rng):
    x, y = separable(rng, 11, 3, -1)
    # At most (R/γ)² mistakes are made, so that an epoch without one comes before this many.
    radius = np.linalg.norm(np.hstack([x, np.ones((len(x), 1))]), axis=1).max()
    mistakes = perceptron.train(x, y, int(radius**2 * 5 / 0.25) + 2)[2]
    return asked(student, x, y, mistakes.index(0) + 4)


@check("Examples on the plane", points=2)
def on_the_plane(student, rng):
    # Whole numbers bring margins of exactly zero, also later on.
    x = rng.integers(-2, 3, (7, 3)).astype(float)
    return asked(student, x, rng.choice([-1, 1], 7), 4)
