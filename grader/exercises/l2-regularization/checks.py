"""The penalty and the step with weight decay against mlcore's L2 and SGD."""

from dataclasses import dataclass

import numpy as np

from grader.checks import check, checked_layers, checked_parts, compare_values
from grader.errors import CheckFailed
from mlcore.optimizers import SGD
from mlcore.regularization import L2


@dataclass(frozen=True)
class Given:
    """A network's parameters, and the gradients of a mini-batch of m, summed."""

    weights: list
    biases: list
    sums_w: list
    sums_b: list
    m: int


def drawn(rng, sizes, m, dtype=np.float64):
    pairs = list(zip(sizes[1:], sizes[:-1], strict=True))
    weights, sums_w = ([rng.normal(size=shape).astype(dtype) for shape in pairs] for _ in range(2))
    biases, sums_b = ([rng.normal(size=n_out).astype(dtype) for n_out, _ in pairs] for _ in range(2))
    return Given(weights, biases, [m * s for s in sums_w], [m * s for s in sums_b], m)


def as_floats(arrays):
    return [a.astype(float) for a in arrays]


def tolerance(given):
    """What was computed in single precision stays so, also where the reply is float64."""
    return 1e-5 if given.weights[0].dtype == np.float32 else None


def cost(student, given, unpenalized, strength, n):
    expected = unpenalized + L2(strength).cost(as_floats(given.weights), n)
    reply = student.penalized_cost(unpenalized, given.weights, strength, n)
    return compare_values([reply], {"penalized_cost(cost, weights, strength, n)": expected}, tolerance(given))


def step(student, given, rate, strength, n):
    reply = student.decayed_step(
        given.weights, given.biases, given.sums_w, given.sums_b, rate, strength, given.m, n
    )  # fmt: skip
    mutated = student.calls[-1].mutated
    weights, biases = as_floats(given.weights), as_floats(given.biases)
    nabla_w = [s / given.m + L2(strength).gradient(w, n) for s, w in zip(given.sums_w, weights, strict=True)]
    nabla_b = [s / given.m for s in as_floats(given.sums_b)]
    moved, _ = SGD(rate).update([*weights, *biases], [*nabla_w, *nabla_b])
    expected = {f"weights[{i}]": w for i, w in enumerate(moved[: len(weights)])}
    expected |= {f"biases[{i}]": b for i, b in enumerate(moved[len(weights) :])}
    evidence = compare_values(flat(reply, len(weights)), expected, tolerance(given))
    if mutated:
        raise CheckFailed(f"`decayed_step` changes `{mutated[0]}` in place. Return new arrays instead.")
    return evidence


def flat(reply, layers):
    """All arrays of (weights, biases), as one list. Raises CheckFailed where the reply has another form."""
    weights, biases = checked_parts(reply, "decayed_step", ("weights", "biases"))
    return [*checked_layers(weights, layers, "weights"), *checked_layers(biases, layers, "biases")]


@check("The cost", points=2)
def penalty(student, rng):
    cost(student, drawn(rng, (3, 4), 5), rng.uniform(0.5, 2), 3.0, 6)
    return cost(student, drawn(rng, (5, 4, 3, 2), 5), rng.uniform(0.5, 2), 2.5, 9)


@check("One layer", points=2)
def one_layer(student, rng):
    return step(student, drawn(rng, (4, 3), 5), 0.5, 1.5, 12)


@check("Several layers", points=3)
def several_layers(student, rng):
    step(student, drawn(rng, (4, 4, 4), 6), 0.8, 3.0, 20)
    return step(student, drawn(rng, (6, 5, 2, 3), 7), 0.3, 5.0, 11)


@check("Without a penalty", points=1)
def without(student, rng):
    given = drawn(rng, (4, 3, 2), 5)
    cost(student, given, rng.uniform(0.5, 2), 0.0, 8)
    return step(student, given, 0.5, 0.0, 8)


@check("One example at a time, and all at once", points=1)
def other_sizes(student, rng):
    step(student, drawn(rng, (3, 4, 2), 1), 0.4, 2.0, 9)
    return step(student, drawn(rng, (3, 4, 2), 9), 0.4, 2.0, 9)


@check("Single precision", points=1)
def single_precision(student, rng):
    given = drawn(rng, (5, 4, 3), 6, np.float32)
    cost(student, given, 1.25, 3.0, 14)
    return step(student, given, 0.5, 3.0, 14)
