"""Gradient descent on quadratic costs against its closed form, which mlcore's optimizer is held to as well."""

import numpy as np

from grader.checks import check, compare_values
from grader.errors import CheckFailed
from mlcore.optimizers import SGD


def valley(rng, slopes):
    """A symmetric matrix with these slopes along directions of its own, and a bottom off the origin."""
    n = len(slopes)
    directions = np.linalg.qr(rng.normal(size=(n, n)))[0]
    a = (directions * slopes) @ directions.T
    return (a + a.T) / 2, rng.normal(0, 2, n)


def right(a, bottom, w, rate, steps):
    """The path and its costs, by mlcore's steps."""
    path, optimizer = [w], SGD(rate)
    for _ in range(steps):
        (w,), _ = optimizer.update([w], [a @ (w - bottom)])
        path.append(w)
    path = np.array(path)
    return {"path": path, "costs": np.einsum("ti,ij,tj->t", path - bottom, a, path - bottom) / 2}


def asked(student, a, bottom, w, rate, steps):
    """The student's path and costs, held against the reference's; the start must come out as it went in."""
    evidence = compare_values(student.descend(a, bottom, w, rate, steps), right(a, bottom, w, rate, steps))
    if "w" in student.calls[-1].mutated:
        raise CheckFailed("`descend` moves its argument `w` itself. Make a new array at each step: `w = w - …`.")
    return evidence


@check("One weight", points=2)
def one_weight(student, rng):
    a, bottom = valley(rng, rng.uniform(1, 2, 1))
    return asked(student, a, bottom, bottom + rng.uniform(2, 4, 1), 0.3, 4)


@check("A long valley", points=3)
def long_valley(student, rng):
    a, bottom = valley(rng, np.array([3.0, 1.0, 0.2]))
    return asked(student, a, bottom, rng.normal(0, 3, 3), 0.4, 8)


@check("As many places as weights", points=2)
def square(student, rng):
    a, bottom = valley(rng, rng.uniform(0.5, 3, 5))
    return asked(student, a, bottom, rng.normal(0, 3, 5), 0.2, 4)


@check("A rate that is too large", points=2)
def too_large(student, rng):
    a, bottom = valley(rng, np.array([4.0, 1.0]))
    return asked(student, a, bottom, rng.normal(0, 3, 2), 0.6, 6)


@check("No step at all", points=1)
def no_step(student, rng):
    a, bottom = valley(rng, np.array([2.0, 1.0, 0.5]))
    return asked(student, a, bottom, rng.normal(0, 3, 3), 0.1, 0)
