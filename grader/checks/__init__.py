"""What an exercise's author compares with: checks, and comparisons that say what is wrong and keep the evidence."""

from grader.checks.arrays import (
    Comparison,
    Evidence,
    Mismatch,
    checked_array,
    checked_layers,
    checked_parts,
    compare_array,
    compare_arrays,
    compare_values,
    in_single_precision,
    kind_of,
)
from grader.checks.check import Check, check, unchanged
from grader.checks.gradients import compare_gradients

__all__ = [
    "Check",
    "Comparison",
    "Evidence",
    "Mismatch",
    "check",
    "checked_array",
    "checked_layers",
    "checked_parts",
    "compare_array",
    "compare_arrays",
    "compare_gradients",
    "compare_values",
    "in_single_precision",
    "kind_of",
    "unchanged",
]
