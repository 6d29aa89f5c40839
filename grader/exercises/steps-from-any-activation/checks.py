"""Which activations make steps, as mlcore finds it; single steps between any limits; bumps, from mlcore's of tanh."""

import numpy as np

from grader.checks import check, compare_values, kind_of
from grader.errors import CheckFailed
from mlcore import activations, universality

FAR = np.array([1e4, 1e5, 1e6])


def falling_tanh(z):
    return 3 - 2 * np.tanh(z)


def softsign(z):
    return z / (1 + np.abs(z))


def softplus_mirrored(z):
    return np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z)))


def hill(z):
    return 1 / (1 + z**2)


def trough(z):
    return np.abs(np.tanh(z))


def exponential(z):
    return np.exp(z)


def cube_root(z):
    return np.cbrt(z)


def judged(student, functions):
    """The student's verdict on each activation, held against the reference's. `functions` maps names to functions."""
    replies = []
    with np.errstate(over="ignore"):
        ends = [(s(-FAR), s(FAR)) for s in functions.values()]
        rights = [universality.step_limits(s) is not None for s in functions.values()]
    for left, right in ends:
        reply = student.makes_steps(left, right)
        if not isinstance(reply, bool | np.bool_):
            raise CheckFailed(f"`makes_steps` returned {kind_of(reply)}, expected True or False.")
        replies.append(bool(reply))
    for name, reply, due, (left, right) in zip(functions, replies, rights, ends, strict=True):
        if reply != due:
            raise CheckFailed(
                f"`makes_steps` is {reply} for {name}, expected {due}: far left its values are {spelled(left)}, "
                f"far right {spelled(right)}."
            )


def spelled(values):
    return ", ".join(f"{v:.6g}" for v in values)


def two_limits(rng):
    """Two limits that are neither 0 nor 1 apart, the first the lower one."""
    left = rng.uniform(-2, -0.5)
    return left, left + rng.uniform(1.5, 4)


@check("Which activations make steps", points=2)
def usual(student, rng):
    shift, factor = rng.uniform(1, 3, 2)
    judged(
        student,
        {
            "the sigmoid": activations.sigmoid,
            "a tanh, stretched and lifted": lambda z: shift + factor * np.tanh(z),
            "ReLU": activations.relu,
            "the identity": activations.identity,
            "a tanh that falls": falling_tanh,
            "a softplus, mirrored": softplus_mirrored,
        },
    )


@check("Limits that are equal, infinite or slow", points=2)
def unusual(student, rng):
    judged(
        student,
        {
            "arctan": np.arctan,
            "1/(1 + z²)": hill,
            "|tanh z|": trough,
            "e^z": exponential,
            "the sine": np.sin,
            "z/(1 + |z|)": softsign,
            "the cube root": cube_root,
        },
    )


@check("One step", points=2)
def step(student, rng):
    low, high = two_limits(rng)
    evidence = None
    for left, right in ((low, high), (high, low)):
        before, after = rng.uniform(1, 3), rng.uniform(-3, -1)
        v, c = np.linalg.solve([[left, 1], [right, 1]], [before, after])
        reply = student.step_weights(left, right, before, after)
        evidence = compare_values(reply, {"v": v, "c": c})
    return evidence


@check("A bump of tanh neurons", points=2)
def tanh_bump(student, rng):
    start, height, weight = rng.uniform(0.2, 0.5), rng.uniform(1, 4), rng.uniform(200, 900)
    return bump(student, -1.0, 1.0, start, start + rng.uniform(0.1, 0.4), height, weight)


@check("Bumps of any neurons", points=2)
def any_bump(student, rng):
    low, high = two_limits(rng)
    for left, right in ((low, high), (high, low)):
        start = rng.uniform(-3, -1)
        bump(student, left, right, start, start + rng.uniform(0.5, 4.5), rng.uniform(-4, -1), rng.uniform(50, 300))
    return bump(student, 0, 3, 1, 2, 6, 100)  # whole numbers


def bump(student, left, right, start, end, height, weight):
    """The student's bump, held against the reference's."""
    reference = universality.bumps(np.array([[start, end]], dtype=float), np.array([float(height)]), weight, "tanh")
    # From the limits of tanh, 2 apart, to these.
    v = reference.weights[1][0] * 2 / (right - left)
    reply = student.bump_weights(left, right, start, end, height, weight)
    return compare_values(reply, {"b": reference.biases[0], "v": v, "c": reference.biases[1][0]})
