"""Networks glued by the student against mlcore's: the shapes of the layers, then what the outputs are."""

import numpy as np

from grader.checks import (
    Evidence,
    Mismatch,
    check,
    checked_array,
    checked_layers,
    checked_parts,
    compare_array,
    in_single_precision,
)
from grader.checks.arrays import TOLERANCE_FLOAT32
from grader.errors import CheckFailed
from mlcore.networks import Network
from mlcore.universality import side_by_side

LARGEST = 1e9
GROUPS = ("weights", "biases")


def random(rng, sizes):
    """A network of these sizes, from the inputs to the outputs."""
    return Network.random(sizes, rng, initializer="scaled")


def pair(network):
    return network.weights, network.biases


def glued(student, first, second):
    """The student's network, whose layers have the right shapes, and the tolerance of its precision."""
    reply = checked_parts(student.glue(pair(first), pair(second)), "glue", GROUPS)
    arrays, single = [], False
    for name, group, right in zip(GROUPS, reply, pair(side_by_side([first, second])), strict=True):
        layers = checked_layers(group, len(right), name)
        arrays.append(
            [
                checked_array(value, a.shape, f"{name}[{layer}]", LARGEST, widths(first, second, name, layer))
                for layer, (value, a) in enumerate(zip(layers, right, strict=True))
            ]
        )
        single = single or in_single_precision(*layers)
    return Network(*arrays), TOLERANCE_FLOAT32 if single else None


def widths(first, second, name, layer):
    """What the shape of a layer should come from."""
    a, b = (getattr(network, name)[layer].shape for network in (first, second))
    shared = ", and share their inputs" if name == "weights" and not layer else ""
    return f" The two networks have {a} and {b} there{shared}."


def asked(student, rng, first, second, m=9):
    """The student's glued network, held against the outputs of both."""
    network, tolerance = glued(student, first, second)
    if student.calls[-1].mutated:
        raise CheckFailed(
            "`glue` changes the networks that it is given. Work on copies, so that the caller keeps them."
        )
    x = rng.normal(size=(m, first.weights[0].shape[1]))
    # Weighted inputs of the outputs: their sigmoid would hide what is far from 0.
    expected = np.hstack([part.forward(x)[0][-1] for part in (first, second)])
    received = network.forward(x)[0][-1]
    comparison = compare_array(received, expected, "the outputs' weighted sums", tolerance)
    if not comparison.passed:
        column = int(np.argmax(np.abs(received - expected).max(axis=0)))
        own = first.weights[-1].shape[0]
        whose, which = ("first", column) if column < own else ("second", column - own)
        raise Mismatch(
            f"Output {column} should be output {which} of the {whose} network: its weighted sum is "
            f"{received[0, column]:.4g}, expected {expected[0, column]:.4g}. See to the weights and biases "
            "that lead to it.",
            Evidence((comparison,)),
        )
    return network


@check("Two networks with one output each", points=3)
def one_output_each(student, rng):
    asked(student, rng, random(rng, [2, 3, 1]), random(rng, [2, 5, 1]))


@check("Equally wide networks", points=1)
def equally_wide(student, rng):
    asked(student, rng, random(rng, [3, 3, 3]), random(rng, [3, 3, 3]))


@check("Several outputs and hidden layers", points=3)
def deeper(student, rng):
    asked(student, rng, random(rng, [3, 4, 2, 2]), random(rng, [3, 2, 5, 3]))


@check("A single layer", points=1)
def single_layer(student, rng):
    asked(student, rng, random(rng, [4, 2]), random(rng, [4, 3]))


@check("Three networks, one after the other", points=2)
def three(student, rng):
    first, second, third = (random(rng, [2, width, outputs]) for width, outputs in ((3, 1), (4, 2), (2, 1)))
    both = asked(student, rng, first, second)
    asked(student, rng, both, third)
