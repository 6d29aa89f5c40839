"""The identity neuron against mlcore's closed form; the first weight by the error that it brings."""

import numpy as np

from grader.checks import check, checked_array, compare_values
from grader.errors import CheckFailed
from mlcore.unstable_gradients import identity_neuron

# x itself is subtracted from numbers of size 4/w1: some digits of the error are lost.
ERROR_TOLERANCE = 1e-6
# The largest error is at the ends of [0, 1], as the slope is 1 in the middle and less everywhere else.
ENDS = np.array([0.0, 1.0])


def largest_error(w1):
    return float(np.abs(identity_neuron(w1)(ENDS) - ENDS).max())


def neuron_asked(student, w1):
    reply = student.identity_neuron(w1)
    right = identity_neuron(w1)
    return compare_values(reply, {"b": right.bias, "w2": right.out, "c": right.offset})


def error_asked(student, w1):
    right = {f"largest_error({w1:.4g})": largest_error(w1)}
    return compare_values([student.largest_error(w1)], right, ERROR_TOLERANCE)


def weight_asked(student, tolerance):
    """The student's first weight, by the error of the neuron that the reference makes of it."""
    call = f"first_weight({tolerance:.3g})"
    # That it is a finite number, no more: any weight that keeps the promise is right.
    w1 = float(checked_array(student.first_weight(tolerance), (), call))
    if not w1 > 0:
        raise CheckFailed(f"`{call}` is {w1:.4g}, expected a number above 0.")
    error = largest_error(w1)
    if not error <= tolerance * (1 + 1e-6):
        raise CheckFailed(f"`{call}` is {w1:.4g}: that neuron is off by up to {error:.3g}. Take a smaller weight.")
    if not error >= 0.9 * tolerance:
        raise CheckFailed(
            f"`{call}` is {w1:.4g}: that neuron is off by {error:.3g} only. A larger weight would do, "
            "and the next neuron's could be smaller."
        )


@check("A neuron of weight one or less", points=3)
def small(student, rng):
    neuron_asked(student, float(rng.uniform(0.6, 1)))
    return neuron_asked(student, float(rng.uniform(0.1, 0.3)))


@check("Larger weights", points=1)
def large(student, rng):
    return neuron_asked(student, float(rng.uniform(5, 10)))


@check("The largest error", points=3)
def error(student, rng):
    error_asked(student, float(rng.uniform(0.5, 1.5)))
    return error_asked(student, float(rng.uniform(5, 10)))


@check("The largest error of a small weight", points=1)
def small_error(student, rng):
    return error_asked(student, float(rng.uniform(0.1, 0.2)))


@check("A weight for a tolerance", points=2)
def tolerance(student, rng):
    for exponent in (rng.uniform(-2.5, -2), rng.uniform(-4, -3), rng.uniform(-6, -5)):
        weight_asked(student, float(10**exponent))
