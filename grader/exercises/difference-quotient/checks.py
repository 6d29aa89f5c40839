"""Slopes of polynomials: measured with steps of several sizes, exact, at 0, far out, and how both come together."""

import numpy as np
from numpy.polynomial import polynomial

from grader.checks import check, checked_array, compare_arrays, unchanged
from grader.errors import CheckFailed
from mlcore.gradient_checking import central_differences

# With a step ten times smaller a cubic's gap is a hundred times smaller, but for rounding, in single precision too.
SMALLER = (95, 105)


def quotients(student, coefficients, x, h):
    """The student's difference quotients, held against the reference's."""
    # Each point is a parameter of its own: the sum's slope in it is that of the polynomial there.
    (right,) = central_differences(lambda points: polynomial.polyval(points[0], coefficients).sum(), [x], abs(h))
    reply = student.difference_quotients(coefficients, x, h)
    unchanged(student)
    return compare_arrays(reply, right, f"difference_quotients(coefficients, x, {h:g})")


def slopes(student, coefficients, x):
    """The student's exact slopes, held against numpy's."""
    right = polynomial.polyval(x, polynomial.polyder(coefficients))
    reply = student.exact_slopes(coefficients, x)
    unchanged(student)
    return compare_arrays(reply, right, "exact_slopes(coefficients, x)")


@check("Difference quotients", points=3)
def some_quotients(student, rng):
    return quotients(student, rng.normal(size=5), rng.normal(0, 1.5, 7), 0.5)


@check("Steps of other sizes, also to the left", points=2)
def several_steps(student, rng):
    coefficients, x = rng.normal(size=4), rng.normal(0, 2, 6)
    quotients(student, coefficients, x, 1.5)
    quotients(student, coefficients, x, -0.75)
    return quotients(student, coefficients, x, 0.0625)


@check("Exact slopes", points=2)
def some_slopes(student, rng):
    slopes(student, rng.normal(size=6), rng.normal(0, 1.5, 9))
    return slopes(student, rng.normal(size=5), rng.normal(0, 1.5, 5))


@check("Slopes at 0 and far out", points=1)
def zero_and_far(student, rng):
    coefficients = rng.uniform(1, 2, 4) * rng.choice([-1, 1], 4)
    slopes(student, coefficients, np.array([-1.0, 0.0, 0.5]))
    return slopes(student, coefficients * 1e3, np.array([-3e14, 1e14, 2e14]))


@check("A constant and a straight line", points=1)
def constant_and_line(student, rng):
    x = rng.normal(0, 2, 4)
    for coefficients in (rng.uniform(1, 3, 1), rng.uniform(1, 3, 2)):
        quotients(student, coefficients, x, 0.25)
        slopes(student, coefficients, x)


@check("A smaller step comes closer", points=1)
def closer(student, rng):
    coefficients, x = rng.uniform(1, 2, 4), rng.normal(size=5)
    exact = checked_array(student.exact_slopes(coefficients, x), x.shape, "exact_slopes(coefficients, x)", np.inf)
    gaps = []
    for h in (0.5, 0.05):
        reply = student.difference_quotients(coefficients, x, h)
        near = checked_array(reply, x.shape, f"difference_quotients(coefficients, x, {h:g})", np.inf)
        gaps.append(float(np.abs(near - exact).max()))
    if gaps[0] == 0:
        raise CheckFailed(
            "With h = 0.5 your quotients are exactly your slopes. A step that wide leaves a gap; is h used?"
        )
    if not SMALLER[0] * gaps[1] <= gaps[0] <= SMALLER[1] * gaps[1]:
        raise CheckFailed(
            f"Your quotients are {gaps[0]:.3g} away from your slopes with h = 0.5, and {gaps[1]:.3g} with h = 0.05. "
            "For a cubic polynomial the second gap is a hundredth of the first, so one of "
            "the two functions is not the slope."
        )
