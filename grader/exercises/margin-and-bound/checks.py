"""Margins, and Novikoff's bound against mlcore: planes that separate, one that does not, one that was learned."""

import numpy as np

from grader.checks import check, compare_arrays
from mlcore import perceptron


def margin(student, w, b, x, y):
    """The student's margin, held against its definition."""
    right = (y * (x @ w + b)).min() / np.hypot(np.linalg.norm(w), b)
    return compare_arrays(student.margin(w, b, x, y), right, "margin(w, b, x, y)")


def bound(student, w, b, x, y):
    """The student's bound, held against the reference's."""
    right = perceptron.novikoff_bound(x, y, w, b)
    return compare_arrays(student.mistake_bound(w, b, x, y), right, "mistake_bound(w, b, x, y)")


def separated(rng, m, n):
    """A plane off the origin, and examples that it separates, none closer than ½ before the 1 is appended."""
    w = rng.normal(size=n)
    w /= np.linalg.norm(w)
    y = rng.choice([-1, 1], m)
    y[:2] = -1, 1
    x = rng.normal(0, 2, (m, n))
    x += np.outer(y * rng.uniform(0.5, 2, m) + 2 - x @ w, w)
    scale = rng.uniform(1, 4)
    return scale * w, float(-2 * scale), x, y


def learned(rng, m, n):
    """A plane that the perceptron has found, with a margin that is more than rounding in single precision too."""
    while True:
        _, _, x, y = separated(rng, m, n)
        w, b, mistakes = perceptron.train(x, y, 60)
        if mistakes[-1] == 0 and perceptron.novikoff_bound(x, y, w, b) < 900:
            return w, b, x, y


@check("The margin", points=3)
def some_margin(student, rng):
    return margin(student, *separated(rng, 9, 4))


@check("The margin of a plane that does not separate", points=2)
def negative_margin(student, rng):
    w, b, x, y = separated(rng, 12, 3)
    # Three examples change sides; the one that lies farthest on the wrong side decides.
    y[3:6] *= -1
    return margin(student, w, b, x, y)


@check("The bound", points=3)
def some_bound(student, rng):
    return bound(student, *separated(rng, 11, 3))


@check("As many examples as weights", points=1)
def square(student, rng):
    plane = separated(rng, 4, 4)
    margin(student, *plane)
    return bound(student, *plane)


@check("The plane that the perceptron finds", points=1)
def found(student, rng):
    plane = learned(rng, 10, 2)
    margin(student, *plane)
    return bound(student, *plane)
