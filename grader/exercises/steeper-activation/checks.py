"""Chains of steeper neurons against mlcore, where σ(k(wa + b)) is a sigmoid of the weights kw and the biases kb."""

import numpy as np

from grader.checks import check, checked_array, compare_values
from grader.errors import CheckFailed
from mlcore.unstable_gradients import Chain, exploding_chain

# Products of slopes a(1 − a), which lose digits where a is close to 1.
TOLERANCE = 1e-6
# A product of 59 factors, each as far off as k is.
BALANCE = 1e-4


def steeper(k, chain):
    """The chain of ordinary sigmoids that computes the same."""
    return Chain(k * chain.weights, k * chain.biases)


def random_chain(rng, n):
    """A chain whose first and last gradient have opposite signs."""
    weights = rng.uniform(0.5, 3, n) * rng.permutation(np.resize([1.0, -1.0], n))
    weights[-1] *= -np.sign(np.prod(weights[1:]))
    return Chain(weights, rng.normal(0, 0.5, n))


def centered(weights, x):
    """The chain of these weights with biases that keep every z at 0, whatever k is."""
    return Chain(weights, exploding_chain(len(weights), x, 1.0).biases * weights)


def factors_asked(student, k, chain, x):
    reply = student.factors(k, chain.weights, chain.biases, x)
    return compare_values([reply], {"factors(k, weights, biases, x)": steeper(k, chain).factors(x)}, TOLERANCE)


def ratio_asked(student, k, chain, x, name="gradient_ratio(k, weights, biases, x)"):
    gradients = steeper(k, chain).gradients(x, 1.0)
    reply = student.gradient_ratio(k, chain.weights, chain.biases, x)
    return compare_values([reply], {name: gradients[0] / gradients[-1]}, TOLERANCE)


def balanced(student, chain, x):
    """The student's k, with which the first gradient of the centered chain is as large as the last."""
    name = "balanced_steepness(weights)"
    # That it is a finite number, no more: the chain decides whether it is the right one.
    k = float(checked_array(student.balanced_steepness(chain.weights), (), name))
    if not k > 0:
        raise CheckFailed(f"`{name}` is {k:.4g}, expected a number above 0.")
    if not 1e-6 < k < 1e6:
        raise CheckFailed(f"`{name}` is {k:.4g}, out of all proportion to weights from 0.5 to 20 in size.")
    gradients = np.abs(steeper(k, chain).gradients(x, 1.0))
    ratio = gradients[0] / gradients[-1]
    if not abs(ratio - 1) <= BALANCE:
        raise CheckFailed(
            f"With your k = {k:.4g}, and every weighted input at 0, the first of {len(gradients)} neurons has "
            f"{ratio:.4g} times the gradient of the last. Expected is 1."
        )
    return k


@check("The factors of steeper neurons", points=3)
def steeper_factors(student, rng):
    factors_asked(student, float(rng.uniform(2, 4)), random_chain(rng, 6), float(rng.uniform(0.5, 1)))
    return factors_asked(student, float(rng.uniform(0.3, 0.6)), random_chain(rng, 5), float(rng.uniform(-1, -0.5)))


@check("The first gradient over the last", points=2)
def first_over_last(student, rng):
    ratio_asked(student, float(rng.uniform(2, 4)), random_chain(rng, 7), float(rng.uniform(0.5, 1)))
    return ratio_asked(student, float(rng.uniform(0.3, 0.6)), random_chain(rng, 4), float(rng.uniform(-1, -0.5)))


@check("Two neurons", points=1)
def two_neurons(student, rng):
    chain, x = random_chain(rng, 2), float(rng.uniform(0.5, 1))
    factors_asked(student, float(rng.uniform(2, 4)), chain, x)
    return ratio_asked(student, float(rng.uniform(2, 4)), chain, x)


@check("The balanced steepness", points=2)
def balance(student, rng):
    weights = np.append(rng.uniform(10, 20), rng.uniform(0.5, 6, 7)) * rng.permutation(np.resize([1.0, -1.0], 8))
    balanced(student, centered(weights, 0.25), 0.25)


@check("A tenth off, sixty neurons deep", points=2)
def tenth_off(student, rng):
    weights = np.append(rng.uniform(10, 20), rng.uniform(1, 6, 59)) * rng.permutation(np.resize([1.0, -1.0], 60))
    chain, x = centered(weights, 0.25), 0.25
    k = balanced(student, chain, x)
    # 1.1⁵⁹ is 277: with a tenth more the first neuron learns so many times faster than the last, with less slower.
    ratio_asked(student, 1.1 * k, chain, x, "gradient_ratio(1.1 * k, weights, biases, x)")
    return ratio_asked(student, k / 1.1, chain, x, "gradient_ratio(k / 1.1, weights, biases, x)")
