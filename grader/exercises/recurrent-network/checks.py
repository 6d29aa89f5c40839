"""A recurrent network's way forward against mlcore: one step, long sequences, batches, equal sizes, float32."""

import numpy as np

from grader.checks import check, compare_values, unchanged
from mlcore.activations import softmax
from mlcore.recurrent import RNN


def asked(student, rng, m, steps, n_in, n, classes, dtype=np.float64):
    """The student's states and probabilities on a random network and batch, held against the reference's."""
    shapes = [(n_in, n), (n, n), (n,), (n, classes), (classes,)]
    # Large enough that nothing is nearly linear, small enough that tanh keeps the past apart.
    parameters = [rng.normal(0, shape[0] ** -0.5, shape).astype(dtype) for shape in shapes]
    x = rng.normal(size=(m, steps, n_in)).astype(dtype)
    right = RNN(*(p.astype(float) for p in parameters))
    h, z = right.forward(x.astype(float))
    reply = student.recurrent_forward(x, *parameters)
    # What was computed in single precision stays so, also where the reply is float64.
    evidence = compare_values(reply, {"h": h, "p": softmax(z)}, 1e-5 if dtype == np.float32 else None)
    unchanged(student, "Make arrays of your own.")
    return evidence


@check("A single step", points=2)
def single_step(student, rng):
    return asked(student, rng, 1, 1, 3, 4, 2)


@check("One sequence", points=3)
def one_sequence(student, rng):
    return asked(student, rng, 1, 7, 3, 5, 4)


@check("A batch of sequences", points=3)
def batch(student, rng):
    return asked(student, rng, 6, 5, 2, 7, 3)


@check("All sizes equal", points=1)
def equal_sizes(student, rng):
    return asked(student, rng, 4, 4, 4, 4, 4)


@check("Single precision", points=1)
def single_precision(student, rng):
    return asked(student, rng, 3, 6, 4, 5, 2, np.float32)
