"""Shares of flat elements and stuck units against mlcore's slopes, on layers with units of every kind."""

import numpy as np

from grader.checks import check, compare_values
from mlcore import activations

SLOPES = {
    "sigmoid": activations.sigmoid_prime,
    "tanh": activations.tanh_prime,
    "relu": activations.relu_prime,
}
STEEPEST = {"sigmoid": 0.25, "tanh": 1.0}
# For how many of the examples each unit is flat. The first three are stuck: above, below, and some here, some there.
# In two examples every unit is flat.
FLAT_OF_11 = (11, 11, 11, 10, 6, 4, 2)


def asked(student, z, activation, threshold):
    """The student's shares, held against those of the reference's slopes."""
    flat = SLOPES[activation](z) < threshold
    expected = {"flat": flat.mean(), "stuck": flat.all(axis=0).mean()}
    reply = student.saturated_shares(z, activation, threshold)
    return compare_values(reply, expected)


def layer(rng, activation, threshold):
    """Weighted inputs (11, 7) of seven units, as planned above; examples and units are shuffled."""
    flat = np.arange(11)[:, None] < np.array(FLAT_OF_11)
    signs = rng.choice([-1, 1], flat.shape)
    signs[:, 0], signs[:, 1] = 1, -1
    signs[:2, 2] = 1, -1
    z = relu_inputs(rng, flat, threshold) if activation == "relu" else inputs(rng, flat, activation, threshold) * signs
    return z[rng.permutation(11)][:, rng.permutation(7)]


def inputs(rng, flat, activation, threshold):
    """Weighted inputs above 0 whose slopes lie below the threshold where flat, and above it elsewhere."""
    below = rng.uniform(0.05, 0.98, flat.shape) * threshold
    above = rng.uniform(1.02 * threshold, 0.98 * STEEPEST[activation], flat.shape)
    slopes = np.where(flat, below, above)
    if activation == "tanh":
        return np.arctanh(np.sqrt(1 - slopes))
    return activations.sigmoid_inverse((1 + np.sqrt(1 - 4 * slopes)) / 2)


def relu_inputs(rng, flat, threshold):
    """Negative where flat, else positive, as often below the threshold as above: that is no measure for z."""
    small, large = rng.uniform(0.05, 0.95, flat.shape) * threshold, rng.uniform(1, 3, flat.shape)
    above = np.where(rng.choice([True, False], flat.shape), small, large)
    return np.where(flat, -rng.uniform(0.1, 3, flat.shape), above)


@check("A layer of sigmoids", points=3)
def sigmoids(student, rng):
    return asked(student, layer(rng, "sigmoid", 0.15), "sigmoid", 0.15)


@check("A layer of tanh units", points=2)
def tanhs(student, rng):
    return asked(student, layer(rng, "tanh", 0.2), "tanh", 0.2)


@check("A layer of relus", points=2)
def relus(student, rng):
    return asked(student, layer(rng, "relu", 0.5), "relu", 0.5)


@check("Far from zero", points=2)
def far(student, rng):
    z = rng.uniform(720, 1000, (5, 4)) * rng.choice([-1, 1], (5, 4))
    z[:, 0] = [-1000, -900, -800, -900, -1000]
    z[2, 1], z[:3, 2] = 0.25, [0.5, -1000, 1000]
    for activation in ("relu", "sigmoid"):
        asked(student, z, activation, 0.01)
    return asked(student, z, "tanh", 0.01)


@check("A batch of one", points=1)
def batch_of_one(student, rng):
    z = rng.uniform(4, 6, (1, 5)) * rng.choice([-1, 1], 5)
    z[0, :2] = rng.uniform(0.1, 0.5, 2)
    asked(student, z, "tanh", 0.1)
    # No sigmoid is as steep as this.
    return asked(student, z, "sigmoid", 0.3)
