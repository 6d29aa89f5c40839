"""Weight, bias and position of a step against mlcore: steps up and down, single numbers, arrays, and a given width."""

import numpy as np

from grader.checks import check, compare_arrays, compare_values
from mlcore.activations import sigmoid_inverse
from mlcore.universality import step_neuron, step_position


def asked_bias(student, position, weight):
    """The student's bias, held against the reference's, which steps up: one that steps down is its mirror image."""
    right = np.vectorize(lambda s, w: np.sign(w) * step_neuron(s, abs(w))[1], otypes=[float])
    return compare_arrays(student.bias_for(position, weight), right(position, weight), "bias_for(position, weight)")


def asked_position(student, weight, bias):
    right = np.vectorize(step_position, otypes=[float])
    return compare_arrays(student.position_of(weight, bias), right(weight, bias), "position_of(weight, bias)")


def asked_neuron(student, position, width):
    rise = sigmoid_inverse(0.99) - sigmoid_inverse(0.01)
    weight = rise / width
    return compare_values(student.weight_and_bias(position, width), {"weight": weight, "bias": -weight * position})


def apart(rng, low, high, size):
    """Numbers of either sign, none of them near 0."""
    return rng.uniform(low, high, size) * rng.choice([-1, 1], size)


@check("A bias for each position", points=2)
def biases(student, rng):
    return asked_bias(student, rng.uniform(0.1, 1, 5), rng.uniform(50, 1000, 5))


@check("The position of each step", points=2)
def positions(student, rng):
    return asked_position(student, rng.uniform(50, 1000, 7), apart(rng, 20, 500, 7))


@check("Steps down, and left of zero", points=2)
def down(student, rng):
    asked_bias(student, apart(rng, 0.1, 2, (3, 3)), -rng.uniform(50, 1000, (3, 3)))
    return asked_position(student, -rng.uniform(50, 1000, (2, 3)), apart(rng, 20, 500, (2, 3)))


@check("Whole numbers", points=1)
def whole_numbers(student, rng):
    asked_bias(student, 3, int(rng.integers(5, 50)))
    return asked_position(student, 8, int(rng.choice([-3, 5, 7, -11])))


@check("A step of a given width", points=2)
def given_width(student, rng):
    asked_neuron(student, float(rng.uniform(0.2, 0.9)), float(rng.uniform(0.005, 0.05)))
    return asked_neuron(student, apart(rng, 0.1, 1, 6), rng.uniform(0.005, 0.5, 6))


@check("A step down of a given width", points=1)
def given_width_down(student, rng):
    return asked_neuron(student, apart(rng, 0.1, 1, 4), -rng.uniform(0.005, 0.5, 4))
