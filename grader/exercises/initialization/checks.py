"""Initial weights against mlcore, which draws the same numbers from a generator of the same seed."""

import numpy as np

from grader.checks import check, compare_values, unchanged
from mlcore.initializers import INITIALIZERS


def asked(student, rng, name, n_in, n_out, dtype=np.float64):
    """The student's weights of a layer, held against the reference's from the same normal numbers."""
    seed = int(rng.integers(1 << 32))
    normals = np.random.default_rng(seed).normal(size=(n_out, n_in)).astype(dtype)
    expected = INITIALIZERS[name](n_in, n_out, np.random.default_rng(seed))
    # What was drawn in single precision stays so, also where the reply is float64.
    tolerance = 1e-5 if dtype == np.float32 else None
    reply = student.call(name, n_in, n_out, normals)
    evidence = compare_values([reply], {f"{name}({n_in}, {n_out}, normals)": expected}, tolerance)
    unchanged(student, "Return a new array, so that the caller keeps its own.")
    return evidence


@check("Scaled by the inputs", points=3)
def scaled(student, rng):
    asked(student, rng, "scaled", 3, 7)
    return asked(student, rng, "scaled", 9, 4)


@check("Glorot", points=3)
def glorot(student, rng):
    asked(student, rng, "glorot", 3, 8)
    return asked(student, rng, "glorot", 9, 4)


@check("He", points=2)
def he(student, rng):
    asked(student, rng, "he", 3, 7)
    return asked(student, rng, "he", 9, 4)


@check("One input, one neuron, single precision", points=2)
def small(student, rng):
    for name in ("scaled", "glorot", "he"):
        asked(student, rng, name, 1, 5)
        asked(student, rng, name, 6, 1)
        evidence = asked(student, rng, name, 5, 5, np.float32)
    return evidence
