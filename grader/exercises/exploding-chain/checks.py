"""Biases that hold every z at 0, by running the chain with them, and factors that the chain's own gradients show."""

import numpy as np

from grader.checks import Evidence, Mismatch, check, compare_array, compare_arrays, kind_of
from grader.errors import CheckFailed
from mlcore.unstable_gradients import Chain, exploding_chain


def mixed(rng, n):
    """Weights of both signs, some above 4 in size and some below."""
    return rng.uniform(1, 9, n) * rng.permutation(np.resize([1.0, -1.0], n))


def centering(student, weights, x):
    """The student's biases, and evidence that they are the right ones; where not, which z they leave off 0."""
    reply = student.centering_biases(weights, x)
    right = exploding_chain(len(weights), x, 1.0).biases * weights
    comparison = compare_array(reply, right, "centering_biases(weights, x)")
    if comparison.passed:
        return comparison.received, Evidence((comparison,))
    message = comparison.problem
    if comparison.received is not None and np.isfinite(comparison.received).all():
        z = Chain(weights, comparison.received).forward(x)[0]
        first = int(np.argmax(np.abs(z) > 1e-7 * (1 + np.abs(weights))))
        message = f"With your biases the weighted input of neuron {first + 1} is {z[first]:.4g}, expected 0."
    raise Mismatch(message, Evidence((comparison,)))


def growth(student, weights, expected):
    reply = student.growth_factors(weights)
    if np.ndim(expected) and isinstance(reply, list | tuple) and len(reply) != len(expected):
        raise CheckFailed(
            f"`growth_factors` returned {kind_of(reply)} for {len(weights)} neurons, expected {len(expected)} factors: "
            "one for each step from a neuron back to the one before it."
        )
    return compare_arrays(reply, expected, "growth_factors(weights)")


@check("The biases of a chain", points=3)
def biases_of_a_chain(student, rng):
    _, evidence = centering(student, mixed(rng, 6), rng.uniform(0.6, 1))
    return evidence


@check("The factors of a chain", points=3)
def factors_of_a_chain(student, rng):
    weights = mixed(rng, 6)
    return growth(student, weights, Chain(weights, -weights / 2).factors(0.5))


@check("Weights of 100", points=2)
def weights_of_100(student, rng):
    x = rng.uniform(0.1, 0.4)
    chain = exploding_chain(5, x)
    centering(student, chain.weights, x)
    return growth(student, chain.weights, chain.factors(x))


@check("A single neuron", points=1)
def single(student, rng):
    weights = mixed(rng, 1)
    _, evidence = centering(student, weights, rng.uniform(-2, -1))
    growth(student, weights, np.zeros(0))
    return evidence


@check("Together: the chain's own gradients", points=1)
def together(student, rng):
    weights, x = mixed(rng, 8), rng.uniform(1, 2)
    biases, _ = centering(student, weights, x)
    gradients = Chain(weights, biases).gradients(x, rng.uniform(1, 2))
    return growth(student, weights, gradients[:-1] / gradients[1:])
