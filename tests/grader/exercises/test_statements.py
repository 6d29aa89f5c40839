"""What the exercises' statements look like once they are HTML."""

import pytest

from courses.markdown import render
from grader.exercises import load_all


@pytest.mark.parametrize("exercise", load_all(), ids=lambda exercise: exercise.slug)
def test_every_formula_of_a_statement_becomes_mathml(exercise):
    page = render(exercise.statement)
    assert "$" not in page
    assert "formula-error" not in page
    assert page.count("<math") >= exercise.statement.count("$$") // 2


@pytest.mark.parametrize("exercise", load_all(), ids=lambda exercise: exercise.slug)
def test_a_statement_names_every_function_and_gives_an_example(exercise):
    assert all(f"`{f.signature}`" in exercise.statement for f in exercise.functions)
    assert "An example to try:" in exercise.statement
