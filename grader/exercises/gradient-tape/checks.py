"""A tape's gradients against mlcore's: parameters as arrays, tensors and Variables, in both precisions."""

import contextlib

import numpy as np

from grader.checks import check, compare_values
from grader.errors import CallError
from mlcore import softmax_regression


def problem(rng, m, n, classes, dtype=np.float64):
    """Parameters, a batch and labels among which every class occurs."""
    w, b, x = rng.normal(size=(n, classes)), rng.normal(size=classes), rng.normal(size=(m, n))
    y = rng.permutation(np.arange(m) % classes)
    return [a.astype(dtype) for a in (w, b, x)] + [y]


def asked(student, arrive, w, b, x, y):
    """The student's loss and gradients held against the reference's.

    Where a gradient is missing, the same is asked with Variables, which tells a tape that does not watch
    from a loss that is not on it.
    """
    right = softmax_regression.loss_and_gradients(w.astype(float), b.astype(float), x.astype(float), y)
    try:
        reply = student.loss_and_gradients(arrive(w), arrive(b), x, y)
    except CallError as error:
        if error.type_name == "AttributeError" and "_id" in error.message:
            ask_with_variables(student, w, b, x, y)
        raise
    if isinstance(reply, list | tuple) and any(value is None for value in reply):
        ask_with_variables(student, w, b, x, y)
    tolerance = 1e-5 if w.dtype == np.float32 else None
    return compare_values(reply, dict(zip(("loss", "dw", "db"), right, strict=True)), tolerance, gradients=("dw", "db"))


def ask_with_variables(student, w, b, x, y):
    with contextlib.suppress(CallError):
        student.loss_and_gradients(student.as_variable(w), student.as_variable(b), x, y)


@check("Parameters as arrays", points=2)
def arrays(student, rng):
    return asked(student, lambda a: a, *problem(rng, 7, 4, 3))


@check("Parameters as tensors", points=2)
def tensors(student, rng):
    return asked(student, student.as_tensor, *problem(rng, 9, 3, 5))


@check("Parameters as Variables", points=3)
def variables(student, rng):
    return asked(student, student.as_variable, *problem(rng, 8, 5, 3))


@check("As many features as classes and examples", points=2)
def square(student, rng):
    return asked(student, student.as_variable, *problem(rng, 4, 4, 4))


@check("Single precision", points=1)
def single_precision(student, rng):
    return asked(student, student.as_variable, *problem(rng, 6, 4, 3, np.float32))
