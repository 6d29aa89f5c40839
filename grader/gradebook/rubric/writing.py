"""Changing a rubric: students who had seen a score that becomes another one by it are told."""

import contextlib
from collections.abc import Iterator, Sequence

from django.db import transaction

from courses.enrollment.access import members_of
from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.exercises.folder import RubricLine
from grader.gradebook.corrections.notices import correcting
from grader.gradebook.rubric.models import Criterion

WHY = "The rubric was changed"


def add(assignment: Assignment, by: User, lines: Sequence[RubricLine | Criterion]) -> list[Criterion]:
    """Put these after the criteria that there are. Raises RubricRefused."""
    with _changing(assignment, by):
        return Criterion.objects.add(assignment, by, lines)


def take_shipped(assignment: Assignment, by: User) -> list[Criterion]:
    """Add the rubric that the exercise brings. Raises RubricRefused."""
    with _changing(assignment, by):
        return Criterion.from_exercise(assignment, by)


def keep(criterion: Criterion, by: User) -> None:
    """Save what was edited of a criterion."""
    with _changing(criterion.assignment, by):
        criterion.keep(by)


def remove(criterion: Criterion, by: User) -> None:
    """Delete a criterion with its marks."""
    with _changing(criterion.assignment, by):
        criterion.remove(by)


@contextlib.contextmanager
def _changing(assignment: Assignment, by: User) -> Iterator[None]:
    with transaction.atomic():
        assignment.session.lock()
        with correcting(assignment.session, list(members_of(assignment.session)), [assignment.pk], WHY, by):
            yield
