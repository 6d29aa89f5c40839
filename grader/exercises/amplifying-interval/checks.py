"""The interval in which |wσ′(wa + b)| ≥ 1, against mlcore's closed form, at ordinary and at extreme weights."""

import numpy as np

from grader.checks import check, compare_values, kind_of
from grader.errors import CheckFailed
from mlcore.unstable_gradients import amplifying_interval, amplifying_width, widest_amplifying

# A search by halving gives no more; the mistakes lie a thousand times further apart.
TOLERANCE = 1e-6
# At |w| = 4 a root is taken of what rounding leaves of 0.
POINT = 1e-6


def pair(reply, call):
    """The two numbers of a reply, as a list. Raises CheckFailed for anything else."""
    values = list(reply) if isinstance(reply, np.ndarray) and reply.ndim else reply
    if not isinstance(values, list | tuple) or len(values) != 2:
        raise CheckFailed(f"`{call}` returned {kind_of(reply)}, expected a pair of numbers.")
    return list(values)


def interval_asked(student, w, b):
    """Both ends as one array, so that an end that happens to lie near 0 is no stricter than the other."""
    call = f"interval({w:.4g}, {b:.4g})"
    reply = student.interval(w, b)
    if reply is None:
        raise CheckFailed(
            f"`{call}` returned None, expected two ends: a weight of 4 or more in size amplifies somewhere."
        )
    return compare_values([pair(reply, call)], {call: amplifying_interval(w, b)}, TOLERANCE)


def width_asked(student, w):
    return compare_values([student.width(w)], {f"width({w:.4g})": amplifying_width(w)}, TOLERANCE)


def nothing_asked(student, w, b):
    reply = student.interval(w, b)
    if reply is not None:
        raise CheckFailed(
            f"`interval({w:.4g}, {b:.4g})` returned {kind_of(reply)}, expected None: σ′ is at most ¼, so that a weight "
            "below 4 in size amplifies nowhere."
        )


@check("The width", points=2)
def width(student, rng):
    for w in rng.uniform(4.5, 12, 3):
        evidence = width_asked(student, float(w))
    return evidence


@check("The interval", points=3)
def interval(student, rng):
    for w in rng.uniform(4.5, 12, 3):
        evidence = interval_asked(student, float(w), float(rng.uniform(1, 6) * rng.choice([-1, 1])))
    return evidence


@check("Negative weights", points=2)
def negative(student, rng):
    w = float(rng.uniform(-9, -5))
    width_asked(student, w)
    return interval_asked(student, w, float(rng.uniform(1, 4)))


@check("Weights too small to amplify", points=1)
def small(student, rng):
    for w in (float(rng.uniform(1, 3.9)), float(rng.uniform(-3.9, -1)), 0.0):
        nothing_asked(student, w, float(rng.normal()))
        width_asked(student, w)


@check("Four exactly, and a hundred", points=1)
def extremes(student, rng):
    b = float(rng.uniform(1, 3))
    width_asked(student, 100.0)
    interval_asked(student, 100.0, b)
    low, high = pair(student.interval(4.0, b), "interval(4, b)")
    return compare_values(
        [low, high, student.width(4.0)],
        {"low at w = 4": -b / 4, "high at w = 4": -b / 4, "width(4)": 0},
        POINT,
    )


@check("The widest interval", points=1)
def widest(student, rng):
    w, across = widest_amplifying()
    reply = pair(student.widest(), "widest()")
    compare_values(reply[:1], {"the weight of widest()": w}, 1e-3)
    return compare_values(reply[1:], {"the width of widest()": across}, 1e-5)
