"""Overlapping tables, bump by bump against mlcore's, and what they make of the chapter's goal."""

import numpy as np

from grader.checks import check, checked_array, checked_parts, compare_values
from grader.errors import CheckFailed
from mlcore.universality import before_sigmoid, bumps, goal, overlapping_tables, weighted_sum

F = before_sigmoid(goal)
INNER = np.linspace(0.05, 0.95, 2001)
# Windows of 20 bumps with weight 300, by the number of tables: the deviations are .1053, .0533, .0482 and .0475.
WEIGHT, DEVIATIONS = 300.0, {1: 0.107, 2: 0.055, 4: 0.050, 8: 0.050}


def sorted_bumps(student, values, n, tables):
    """The student's edges and heights in the order in which the bumps begin; of the right shapes and finite."""
    reply = student.overlapping_tables(values, n, tables)
    edges, heights = checked_parts(reply, "overlapping_tables", ("edges", "heights"))
    count = tables * n + tables - 1
    more = f" Here n is {n} and M is {tables}, which makes {count} in all."
    edges = checked_array(edges, (count, 2), "edges", more=more)
    heights = checked_array(heights, (count,), "heights", more=more)
    order = np.lexsort((edges[:, 1], edges[:, 0].round(9)))
    single = any(getattr(a, "dtype", None) in (np.float32, np.float16) for a in reply)
    return edges[order], heights[order], 1e-5 if single else None


def asked(student, rng, n, tables):
    """The student's bumps for random values, held against the reference's."""
    grid = np.linspace(0, 1, 2 * tables * n + 1)
    values = rng.normal(0, 2, len(grid))
    edges, heights, tolerance = sorted_bumps(student, values, n, tables)
    network = overlapping_tables(lambda x: np.interp(x, grid, values), n, tables, 1.0, height=middle)
    due = -network.biases[0].reshape(-1, 2)
    order = np.argsort(due[:, 0])
    expected = {"edges": due[order], "heights": network.weights[1][0, ::2][order]}
    return compare_values((edges, heights), expected, tolerance)


def middle(inside):
    return float(inside[len(inside) // 2])


@check("One table", points=1)
def one_table(student, rng):
    return asked(student, rng, 5, 1)


@check("Two tables", points=2)
def two_tables(student, rng):
    return asked(student, rng, 3, 2)


@check("Five tables", points=3)
def five_tables(student, rng):
    return asked(student, rng, 4, 5)


@check("As many tables as windows", points=2)
def square(student, rng):
    asked(student, rng, 1, 1)
    return asked(student, rng, 3, 3)


@check("The goal, with wide windows of failure", points=2)
def windows_of_failure(student, rng):
    for tables, most in DEVIATIONS.items():
        edges, heights, _ = sorted_bumps(student, F(np.linspace(0, 1, 40 * tables + 1)), 20, tables)
        deviation = float(np.abs(weighted_sum(bumps(edges, heights, WEIGHT), INNER) - F(INNER)).mean())
        if not deviation <= most:
            raise CheckFailed(
                f"With {tables} table{'s' * (tables > 1)} of 20 windows the mean deviation is {deviation:.3f}, "
                f"expected at most {most:.3f}. Try smaller numbers on paper: where does each window begin?"
            )
