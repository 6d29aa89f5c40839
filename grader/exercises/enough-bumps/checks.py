"""The heights and errors of n windows, and the least n for an ε: with functions of straight pieces all of it is exact.

Such a function has its extremes in a window at its points and at the window's borders, and what is asked of the student
is drawn so that no rounding decides.
"""

import numpy as np

from grader.checks import Comparison, Evidence, Mismatch, check, compare_array, compare_values, kind_of
from grader.errors import CheckFailed

MOST = 200
# How far from ε every error on the way to the answer stays, as a share of ε.
CLEAR = 1e-4


def extremes(x, y, n):
    """The least and the largest value of f in each of n windows: two arrays (n,)."""
    borders = np.arange(n + 1) / n
    at = np.interp(borders, x, y)
    low, high = np.minimum(at[:-1], at[1:]), np.maximum(at[:-1], at[1:])
    for place, value in zip(x, y, strict=True):
        inside = (borders[:-1] <= place) & (place <= borders[1:])
        low, high = np.where(inside, np.minimum(low, value), low), np.where(inside, np.maximum(high, value), high)
    return low, high


def error(x, y, n):
    low, high = extremes(x, y, n)
    return float((high - low).max()) / 2


def largest_jump(x, y):
    return float(np.abs(np.diff(y))[np.diff(x) == 0].max(initial=0))


def least(x, y, epsilon):
    """The answer, and whether it stays the same when ε changes by a little; None where a jump is too large."""
    if largest_jump(x, y) / 2 >= epsilon:
        return None, True
    clear = True
    for n in range(1, MOST + 1):
        found = error(x, y, n)
        clear = clear and abs(found - epsilon) > CLEAR * epsilon
        if found < epsilon:
            return n, clear
    return MOST, False


def line(rng, points):
    """A continuous function: x from 0 to 1, and y."""
    gaps = rng.uniform(1, 3, points - 1)
    x = np.concatenate([[0], np.cumsum(gaps)[:-1] / gaps.sum(), [1]])
    return x, rng.normal(0, 1, points)


def broken(rng, points, jump):
    """A function that jumps up or down by this much, somewhere within."""
    x, y = line(rng, points)
    k = int(rng.integers(1, points - 1))
    y[k:] += rng.choice([-1, 1]) * jump
    before = y[k] - np.sign(y[k] - y[k - 1]) * jump
    return np.insert(x, k, x[k]), np.insert(y, k, before)


def asked_heights(student, x, y, n):
    low, high = extremes(x, y, n)
    return compare_values(
        student.midrange_heights(x, y, n), {"heights": (low + high) / 2, "error": float((high - low).max()) / 2}
    )


def asked(student, x, y, epsilon):
    """The student's number of windows, held against the reference's."""
    reply = student.enough_windows(x, y, epsilon)
    expected, _ = least(x, y, epsilon)
    if expected is None:
        if reply is not None:
            what = f"{reply:g}" if isinstance(reply, int | float | np.number) else kind_of(reply)
            jump = largest_jump(x, y)
            raise CheckFailed(
                f"`enough_windows` is {what} for ε = {epsilon:.4g}, expected None: f jumps by {jump:.4g}, and in the "
                f"window around the jump any height is off by {jump / 2:.4g} or more."
            )
        return None
    if reply is None:
        raise CheckFailed(
            f"`enough_windows` is None for ε = {epsilon:.4g}, expected {expected}: with so many windows the error is "
            f"{error(x, y, expected):.4g}."
        )
    found = compare_array(reply, np.array(float(expected)), "enough_windows(x, y, epsilon)")
    if found.passed:
        return None
    if found.received is None or not np.isfinite(found.received):
        raise Mismatch(found.problem, Evidence((found,)))
    problem = f"`enough_windows` is {found.received:g} for ε = {epsilon:.4g}, expected {expected}. "
    problem += why(x, y, found.received, expected)
    raise Mismatch(problem, Evidence((Comparison(found.name, found.received, found.expected, problem),)))


def why(x, y, received, expected):
    if received > expected or received < 1 or received != int(received):
        return f"With {expected} windows the error is {error(x, y, expected):.4g} already."
    return f"With {int(received)} the error is still {error(x, y, int(received)):.4g}."


@check("Heights and error", points=2)
def heights(student, rng):
    asked_heights(student, *line(rng, 9), 4)
    # More windows than points, so that some contain none.
    return asked_heights(student, *line(rng, 5), 11)


@check("Heights and error beside a jump", points=1)
def heights_at_a_jump(student, rng):
    asked_heights(student, *broken(rng, 6, rng.uniform(1, 3)), 7)
    return asked_heights(student, *broken(rng, 5, rng.uniform(1, 3)), 1)


def drawings(rng, function, low, high):
    """Functions, each with an ε whose answer lies between these, is no power of 2, and is not a matter of rounding."""
    while True:
        x, y = function()
        edge = max(error(x, y, int(rng.integers(low, high))), largest_jump(x, y) / 2)
        epsilon = edge * float(rng.uniform(1.01, 1.2))
        n, clear = least(x, y, epsilon)
        if clear and low <= n <= high and n & (n - 1):
            yield x, y, epsilon


@check("Enough windows", points=2)
def enough(student, rng):
    for points, low, high in ((4, 3, 30), (7, 10, 60), (10, 20, 100)):
        asked(student, *next(drawings(rng, lambda points=points: line(rng, points), low, high)))


@check("More windows are not always better", points=2)
def not_always_better(student, rng):
    """Two steep rises upon borders of n windows, each shared by two. With more windows, one has a rise for itself."""
    for n in (5, 7):
        k = np.sort(rng.choice(np.arange(1, n), 2, replace=False)) / n
        half = 0.02
        height = rng.uniform(1, 3) * rng.choice([-1, 1])
        x = np.array([0, k[0] - half, k[0] + half, k[1] - half, k[1] + half, 1])
        y = height * np.array([0, 0, 1, 1, 0, 0]) + rng.normal()
        asked(student, x, y, float(abs(height) * rng.uniform(0.3, 0.4)))


@check("An error of exactly ε", points=1)
def exactly(student, rng):
    """All numbers are sums of few powers of 2: nothing is rounded."""
    scale = 2.0 ** int(rng.integers(-2, 4))
    asked(student, np.array([0.0, 1.0]), np.array([0.0, scale]), scale / 8)
    asked(student, np.array([0.0, 0.5, 1.0]), np.array([0.0, -scale, 0.0]), scale / 8)


@check("A jump small enough", points=1)
def small_jump(student, rng):
    drawn = drawings(rng, lambda: broken(rng, 5, rng.uniform(1, 2)), 3, 60)
    for _ in range(2):
        asked(student, *next((x, y, e) for x, y, e in drawn if 1.05 * e < largest_jump(x, y) < 1.9 * e))


@check("A jump too large", points=1)
def large_jump(student, rng):
    drawn = drawings(rng, lambda: broken(rng, 6, rng.uniform(1, 2)), 3, 60)
    x, y, epsilon = next((x, y, e) for x, y, e in drawn if largest_jump(x, y) < 0.95 * e)
    asked(student, x, y, epsilon)
    asked(student, x, y, largest_jump(x, y) / 2 * float(rng.uniform(0.6, 0.9)))
    # Half of the jump is exactly ε. It is at no border of 200 windows or fewer.
    place = 0.3071
    asked(student, np.array([0.0, place, place, 1.0]), np.array([0.25, 0.25, -1.25, -1.25]), 0.75)
