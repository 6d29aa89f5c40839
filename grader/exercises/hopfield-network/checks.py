"""A Hopfield network against mlcore: weights, energy, updates in a given order, and memories that come back."""

import numpy as np

from grader.checks import Mismatch, check, compare_arrays, compare_values, unchanged
from grader.errors import CheckFailed
from mlcore import hopfield


def signs(rng, *shape):
    return rng.choice([-1, 1], shape)


def symmetric(rng, n):
    """Weights between any two neurons, none of a neuron to itself."""
    upper = np.triu(rng.normal(size=(n, n)), 1)
    return upper + upper.T


def orders(seed, n, sweeps):
    """The order in which mlcore's recall goes through the neurons with a generator of this seed."""
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.permutation(n) for _ in range(sweeps)])


def updated(weights, state, order):
    """The right state after these updates, settled or not."""
    state = state.copy()
    for i in order:
        state[i] = np.sign(weights[i] @ state) or state[i]
    return state


def stored(student, patterns):
    reply = student.hebbian(patterns)
    compare_arrays(reply, hopfield.hebbian_weights(patterns), "hebbian(patterns)")
    unchanged(student)
    return reply


def weighed(student, weights, state):
    return compare_values([student.energy(weights, state)], {"energy(weights, state)": hopfield.energy(weights, state)})


def recalled(student, weights, state, order, expected):
    reply = student.recall(weights, state, order)
    evidence = same_state(reply, expected)
    unchanged(student)
    return evidence


def same_state(reply, expected):
    """Evidence that the reply is this state; else a Mismatch that names the first neuron that differs."""
    try:
        return compare_arrays(reply, expected, "recall(weights, state, order)")
    except Mismatch as found:
        if not is_state(reply, len(expected)):
            raise
        wrong = np.flatnonzero(reply != expected)
        message = (
            f"{len(wrong)} of {len(expected)} neurons come out wrong; the first is neuron {wrong[0]}, "
            f"{reply[wrong[0]]:+.0f} where {expected[wrong[0]]:+.0f} was expected."
        )
        raise Mismatch(message, found.evidence) from None


def is_state(reply, n):
    of_numbers = isinstance(reply, np.ndarray) and reply.dtype.kind in "if" and reply.shape == (n,)
    return of_numbers and bool(np.isin(reply, (-1, 1)).all())


@check("Weights", points=2)
def weights_of_patterns(student, rng):
    stored(student, signs(rng, 5, 5))
    stored(student, signs(rng, 1, 6))
    stored(student, signs(rng, 3, 8))


@check("Energy", points=2)
def energy_of_states(student, rng):
    for n in (3, 6, 9):
        evidence = weighed(student, symmetric(rng, n), signs(rng, n))
    return evidence


@check("One neuron after another", points=2)
def one_by_one(student, rng):
    weights, state = symmetric(rng, 4), signs(rng, 4)
    recalled(student, weights, state, np.array([2]), updated(weights, state, [2]))
    for n in (6, 9):
        # A start from which it matters that a neuron sees the changes before it, and which comes first.
        while True:
            weights, state, order = symmetric(rng, n), signs(rng, n), rng.permutation(n)
            at_once = np.sign(weights @ state)
            right = updated(weights, state, order)
            if (right != at_once).any() and (right != updated(weights, state, range(n))).any():
                break
        evidence = recalled(student, weights, state, order, right)
    return evidence


@check("A sum of zero", points=1)
def undecided(student, rng):
    weights, state = symmetric(rng, 6), signs(rng, 6)
    # Nobody sends these two anything.
    weights[[1, 4]] = 0
    weights[:, [1, 4]] = 0
    state[[1, 4]] = 1, -1
    order = np.array([4, 1, 1])
    return recalled(student, weights, state, order, state)


@check("Until it settles", points=2)
def settles(student, rng):
    n, sweeps, seed = 12, 8, int(rng.integers(1 << 32))
    weights, start = symmetric(rng, n), signs(rng, n)
    order = orders(seed, n, sweeps)
    settled = hopfield.recall(weights, start, np.random.default_rng(seed))
    # With symmetric weights it has settled after a few sweeps; where not, more sweeps are asked for.
    while (updated(weights, start, order) != settled).any():
        sweeps += 8
        order = orders(seed, n, sweeps)
    state = start
    for sweep in np.split(order, sweeps):
        reply = student.recall(weights, state, sweep)
        if is_state(reply, n):
            before, after = hopfield.energy(weights, state), hopfield.energy(weights, reply)
            if after > before + 1e-9:
                raise CheckFailed(
                    f"The energy rose from {before:.4g} to {after:.4g}, which one update after another cannot do. "
                    "Let each take the sign of what the others send it at that moment."
                )
        evidence = same_state(reply, updated(weights, state, sweep))
        state = updated(weights, state, sweep)
    recalled(student, weights, start, order, settled)
    return evidence


@check("A memory comes back", points=1)
def memory(student, rng):
    # Three patterns over 50 neurons: an odd number of odd terms, so that no sum is 0.
    n, sweeps = 50, 12
    while True:
        patterns, seed = signs(rng, 3, n), int(rng.integers(1 << 32))
        start = patterns[1].copy()
        start[rng.permutation(n)[:6]] *= -1
        right = hopfield.recall(hopfield.hebbian_weights(patterns), start, np.random.default_rng(seed))
        if (right == patterns[1]).all():
            break
    weights = stored(student, patterns)
    return recalled(student, np.asarray(weights), start, orders(seed, n, sweeps), patterns[1])
