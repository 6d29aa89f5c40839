"""What holds for every exercise: it is proven, right code in another style passes, no other's solution does."""

import functools
from itertools import permutations

import pytest

from courses.curriculum.content import OWN_FOLDER
from courses.markdown import render
from grader.exercises import load_all
from grader.grading import grade
from grader.proof import prove
from tests.grader.exercises.planting import STYLES

EXERCISES = {exercise.slug: exercise for exercise in load_all()}
LECTURES = {path.stem for path in (OWN_FOLDER / "lectures").glob("*.md")}
every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.slug)


@every_exercise
def test_it_is_proven(exercise):
    assert prove(exercise).problems == ()


@every_exercise
def test_it_knows_three_mistakes_or_more(exercise):
    assert len(exercise.misconceptions) >= 3


@pytest.mark.parametrize("path", sorted(STYLES.glob("*/*.py")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_right_code_in_another_style_gets_full_marks_and_no_finding(path):
    exercise = EXERCISES[path.parent.name]
    for seed in (11, 12):
        report = grade(exercise, path.read_text(), seed)
        assert [(check.name, check.message) for check in report.checks if not check.passed] == []
        assert report.score == exercise.points
        assert report.findings == ()


@functools.cache
def solved(slug):
    """The functions that an exercise's solution defines."""
    return {function.name for function in EXERCISES[slug].functions}


def test_no_other_exercises_solution_passes():
    passing = []
    for slug, other in permutations(EXERCISES, 2):
        # A solution that lacks a function cannot pass the check that calls it.
        if solved(slug) <= solved(other):
            report = grade(EXERCISES[slug], EXERCISES[other].solution, 1)
            if report.score == report.max_score:
                passing.append((slug, other))
    assert passing == []


@every_exercise
def test_each_function_it_names_is_asked_for(exercise):
    """What the test above takes for granted: without one of its functions the solution loses points."""
    for function in exercise.functions:
        report = grade(exercise, f"{exercise.solution}\ndel {function.name}\n", 1)
        assert report.score < exercise.points, function.name


@every_exercise
def test_its_lecture_is_there(exercise):
    assert exercise.lecture in LECTURES


@every_exercise
def test_its_formulas_become_mathml(exercise):
    for text in (exercise.statement, *exercise.hints):
        page = render(text)
        assert "$" not in page
        assert "formula-error" not in page
        assert page.count("<math") >= text.count("$$") // 2


@every_exercise
def test_its_statement_names_every_function_and_gives_an_example(exercise):
    assert all(f"`{function.signature}`" in exercise.statement for function in exercise.functions)
    assert "An example to try:" in exercise.statement
