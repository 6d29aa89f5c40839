"""Asking the known mistakes."""

from dataclasses import replace

import pytest

from grader.exercises import load
from grader.exercises.folder import Misconception
from grader.grading import grade
from grader.sandbox import Limits

WRONG = "def backprop(weights, biases, x, y):\n    return [], []\n"


@pytest.mark.parametrize(
    "source", ["def backprop(*a):\n    while True: pass\n", "while True: pass\n", "import nothing\n"]
)
def test_a_known_mistake_that_cannot_be_asked_keeps_no_score_back_and_is_told_to_us(source, caplog):
    exercise = load("backpropagation")
    ours = {"endless": Misconception("endless", source, "Never ends.")}
    report = grade(replace(exercise, misconceptions=ours, limits=Limits(wall_seconds=0.4)), WRONG, 1)
    assert (report.outcome, report.score, len(report.checks)) == ("ok", 0, len(exercise.checks))
    assert "endless" not in {finding.code for finding in report.findings}
    assert "the known mistakes of backpropagation cannot be asked" in caplog.text


def test_a_function_without_a_return_is_told_so_and_not_that_a_gradient_is_none():
    exercise = load("matrix-product")
    source = exercise.solution.replace("return", "result =")
    report = grade(exercise, source, 1)
    assert report.score == 0
    first = report.findings[0]
    assert (first.code, first.where) == ("returns-none", "matrix_product()")
    assert "gives back None" in first.message
