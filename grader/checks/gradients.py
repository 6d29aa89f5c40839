"""Comparing the gradients of all layers at once, so that the first wrong one can be told."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.checks.arrays import Comparison, Evidence, Mismatch, checked_layers, compare_array, kind_of
from grader.errors import CheckFailed

NAMES = ("nabla_w", "nabla_b")


def compare_gradients(
    received: Any, expected: Sequence[Sequence[np.ndarray]], tolerance: float | None = None
) -> Evidence:
    """Evidence that (nabla_w, nabla_b) are right in every layer; raises Mismatch or CheckFailed where not.

    expected : two lists, one array a layer, as `Network.backprop` gives them. Tuples, and arrays that
    stack equally wide layers, are accepted, of float64 or float32.
    tolerance : relative to each parameter's norm; where none is given, that of the reply's precision.
    """
    if not isinstance(received, list | tuple) or len(received) != 2:
        raise CheckFailed(f"The function returned {kind_of(received)}, expected (nabla_w, nabla_b).")
    comparisons: list[Comparison] = []
    for name, group, right in zip(NAMES, received, expected, strict=True):
        layers = checked_layers(group, len(right), name)
        comparisons += [
            compare_array(r, e, f"{name}[{i}]", tolerance) for i, (r, e) in enumerate(zip(layers, right, strict=True))
        ]
    evidence = Evidence(tuple(comparisons), gradients=True)
    problems = [c.problem for c in comparisons if not c.passed]
    if problems:
        more = f" {len(problems) - 1} more of {len(comparisons)} differ too." if len(problems) > 1 else ""
        raise Mismatch(problems[0] + more, evidence)
    return evidence
