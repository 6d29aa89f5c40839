"""Asking the known mistakes."""

from dataclasses import replace

import pytest

from grader.errors import SandboxFailed
from grader.exercises import load
from grader.exercises.folder import Misconception
from grader.grading import grade
from grader.sandbox import Limits

WRONG = "def backprop(weights, biases, x, y):\n    return [], []\n"


@pytest.mark.parametrize(
    "source", ["def backprop(*a):\n    while True: pass\n", "while True: pass\n", "import nothing\n"]
)
def test_a_known_mistake_that_cannot_be_asked_is_our_failure_and_not_the_students(source):
    exercise = load("backpropagation")
    ours = {"endless": Misconception("endless", source, "Never ends.")}
    with pytest.raises(SandboxFailed, match="known mistakes of backpropagation"):
        grade(replace(exercise, misconceptions=ours, limits=Limits(wall_seconds=0.4)), WRONG, 1)
