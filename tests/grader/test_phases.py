"""How far a check that trains has come is told while it trains, and drawn as a bar."""

from dataclasses import replace

from django.template.loader import render_to_string

from grader.checks import check
from grader.exercises import load
from grader.grading import grade
from grader.results import Phase


@check("Trains", points=10)
def trains(student, rng):
    for epoch in range(3):
        student.backprop([], [], rng.normal(size=(1, 1)), rng.normal(size=(1, 1)))
        student.at_epoch(epoch + 1, 3)


def test_each_epoch_is_a_phase_of_its_check():
    exercise = replace(load("backpropagation"), checks=(replace(trains, name="Before", points=0), trains))
    told: list[Phase] = []
    report = grade(exercise, "def backprop(*arguments):\n    return [], []\n", 1, progress=told.append)
    assert report.score == 10
    assert [str(phase) for phase in told] == [
        "starting",
        *("check 1 of 2", "check 1 of 2, epoch 1 of 3", "check 1 of 2, epoch 2 of 3", "check 1 of 2, epoch 3 of 3"),
        *("check 2 of 2", "check 2 of 2, epoch 1 of 3", "check 2 of 2, epoch 2 of 3", "check 2 of 2, epoch 3 of 3"),
    ]
    assert [phase.done for phase in told[1:5]] == [0, 1 / 3, 2 / 3, 1]


def test_the_page_shows_the_epoch_and_a_bar_in_part():
    class Running:
        status = "running"
        may_be_canceled = False

    context = {"submission": Running, "phase": Phase("check", 2, 4, 1, 2)}
    page = render_to_string("grader/submission_progress.html", context)
    assert "Being graded: check 2 of 4, epoch 1 of 2" in page
    assert '<progress aria-label="Checks" value="1.5" max="4">' in page
