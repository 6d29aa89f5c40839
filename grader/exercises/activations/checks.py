"""Activation functions against mlcore: usual weighted inputs, and those so far from zero that e^z overflows."""

import numpy as np

from grader.checks import check, compare_arrays, unchanged
from mlcore import activations

FAR = np.array([[-1000.0, -40.0, 0.0, 40.0, 1000.0], [1000.0, 700.0, -2.0, -700.0, -1000.0]])
# The second row lies far below the first: a shift by the largest element of all would leave nothing of it.
FAR_ROWS = np.array([[1000.0, 0.0, -1000.0, 1000.0], [-1000.0, -1001.0, -1003.0, -1002.0], [1.0, -1000.0, 2.0, 0.0]])


def asked(student, name, z):
    """The student's function of z, held against the reference's; z must come out as it went in."""
    reply = student.call(name, z)
    if isinstance(reply, np.ndarray) and reply.dtype == bool:  # z > 0 is a fair way to write a slope of 0 or 1
        reply = reply.astype(float)
    evidence = compare_arrays(reply, getattr(activations, name)(z), f"{name}(z)")
    unchanged(student)
    return evidence


@check("Sigmoid", points=1)
def sigmoid(student, rng):
    return asked(student, "sigmoid", rng.normal(0, 3, (5, 5)))


@check("Sigmoid far from zero", points=1)
def sigmoid_far(student, rng):
    return asked(student, "sigmoid", FAR)


@check("Slope of the sigmoid", points=1)
def sigmoid_slope(student, rng):
    return asked(student, "sigmoid_prime", rng.normal(0, 3, (5, 7)))


@check("Slope of the sigmoid far from zero", points=1)
def sigmoid_slope_far(student, rng):
    return asked(student, "sigmoid_prime", FAR)


@check("Relu", points=1)
def relu(student, rng):
    return asked(student, "relu", rng.normal(0, 100, (7, 4)))


@check("Slope of relu", points=1)
def relu_slope(student, rng):
    return asked(student, "relu_prime", rng.normal(0, 100, (4, 7)))


@check("Softmax of a square batch", points=1)
def softmax_square(student, rng):
    return asked(student, "softmax", rng.normal(0, 2, (5, 5)))


@check("Softmax of more classes than examples", points=2)
def softmax_unequal(student, rng):
    return asked(student, "softmax", rng.normal(0, 2, (4, 7)))


@check("Softmax far from zero", points=1)
def softmax_far(student, rng):
    return asked(student, "softmax", FAR_ROWS)
