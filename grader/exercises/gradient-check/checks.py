"""Differences of the cost, relative errors and verdicts against mlcore's gradient checking."""

import numpy as np

from grader.checks import check, compare_values, kind_of
from grader.errors import CheckFailed
from mlcore import gradient_checking
from mlcore.networks import Network

GATE = 1e-6


def layer(rng, m, n_in, n_out):
    """One sigmoid layer and a batch."""
    net = Network.random((n_in, n_out), rng)
    return net, rng.normal(size=(m, n_in)), rng.uniform(size=(m, n_out))


def measured(student, net, x, y, h, tolerance=None):
    """The student's differences with this step, held against the reference's; w and b come out unchanged."""
    right = gradient_checking.central_differences(
        lambda p: Network([p[0]], [p[1]]).loss(x, y), [net.weights[0], net.biases[0]], h
    )
    reply = student.central_differences(net.weights[0], net.biases[0], x, y, h)
    evidence = compare_values(reply, dict(zip(("dw", "db"), right, strict=True)), tolerance, gradients=("dw", "db"))
    changed = [f"`{name}`" for name in student.calls[-1].mutated]
    if changed:
        raise CheckFailed(
            f"`central_differences` leaves {' and '.join(changed)} changed, if only by rounding: adding h and taking "
            "it away again isn't always nothing. Work on copies."
        )
    return evidence


@check("A wide step", points=3)
def wide_step(student, rng):
    measured(student, *layer(rng, 6, 4, 3), 0.5)
    return measured(student, *layer(rng, 5, 5, 5), 0.3)


@check("A small step", points=1)
def small_step(student, rng):
    net, x, y = layer(rng, 7, 3, 2)
    return measured(student, net, x, y, 1e-5, gradient_checking.CENTRAL_GATE)


@check("One example", points=1)
def one_example(student, rng):
    return measured(student, *layer(rng, 1, 3, 4), 0.2)


def error_of(student, g, e):
    """The student's relative error, held against the reference's."""
    right = gradient_checking.relative_error(g, e)
    return compare_values([student.relative_error(g, e)], {"the relative error": right})


@check("Relative errors", points=2)
def errors(student, rng):
    e = rng.normal(size=(4, 3))
    error_of(student, e + rng.normal(0, 0.1, (4, 3)), e)
    # A vanishing gradient that is quite wrong, and a large one that is nearly right.
    error_of(student, 1e-7 * rng.normal(size=5), 1e-7 * rng.normal(size=5))
    return error_of(student, 1e6 * e + rng.normal(size=(4, 3)), 1e6 * e)


@check("Where the expected gradient is zero", points=1)
def of_zero(student, rng):
    return error_of(student, rng.normal(size=6), np.zeros(6))


def verdict(student, gradients, right):
    """The student's positions, held against the reference's verdicts."""
    expected = [i for i, g in enumerate(gradients) if not gradient_checking.relative_error(g, right) <= GATE]
    reply = student.wrong_ones(gradients, right, GATE)
    found = reply.tolist() if isinstance(reply, np.ndarray) and reply.ndim == 1 else reply
    if not isinstance(found, list | tuple):
        raise CheckFailed(f"`wrong_ones` returned {kind_of(reply)}, expected a list of positions.")
    if any(isinstance(i, bool) or not isinstance(i, int | float | np.integer | np.floating) for i in found):
        raise CheckFailed("`wrong_ones` holds something else than numbers, expected positions counted from 0.")
    if list(found) != expected:
        raise CheckFailed(
            f"`wrong_ones` says {shown(found)}, expected {shown(expected)} of {len(gradients)} gradients."
        )


def shown(positions):
    """Positions as a student writes them, without numpy's names of types."""
    return f"[{', '.join(str(i) for i in positions)}]" if len(positions) <= 20 else kind_of(positions)


@check("Which ones are wrong", points=2)
def which(student, rng):
    # Small, so that all of these are close to it by an absolute measure.
    right = 1e-4 * rng.normal(size=(3, 4))
    noise = 1e-9 * np.linalg.norm(right) * rng.normal(size=(3, 4))
    spoiled = right.copy()
    spoiled[rng.integers(3), rng.integers(4)] = np.nan
    slips = [right * 6, -right, spoiled, right + 1e-5 * right[::-1]]
    kinds = [right + noise, right.copy(), *slips]
    order = rng.permutation(len(kinds))
    # A right one first and two wrong ones next to each other, whatever the order of the rest.
    verdict(student, [right - noise, slips[2], slips[0], *(kinds[i] for i in order)], right)
    verdict(student, [right, right + noise], right)
