"""Telling students of scores that they had seen and that became others: what they were, what they are, and why."""

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from courses.enrollment.access import sessions_seated_in
from courses.people import mail
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.corrections.models import Correction
from grader.gradebook.records import Cell
from grader.gradebook.words import percent
from grader.submissions.models import Result, Submission

REGRADED = "It was graded again"
# Percents that are nearer to each other than this read the same.
SAME = 0.05


class Line(NamedTuple):
    """A changed score, as the student's mail says it."""

    assignment: str
    before: str
    after: str
    why: str


def shown_to(
    session: Session, students: list[User], assignments: Iterable[int], **how: object
) -> dict[Cell, float | None]:
    """What these students see of their scores, in percent; nothing of what is not posted."""
    book = Book(session, students, for_student=True, only=set(assignments), **how)  # type: ignore[arg-type]
    return {cell: score.percent for cell, score in book.scores.items()}


@contextlib.contextmanager
def correcting(
    session: Session, students: list[User], assignments: Iterable[int], why: str, by: User | None
) -> Iterator[None]:
    """Whatever is done in here: who sees another score for it afterwards is told. Call it in a transaction."""
    keys = list(assignments)
    before = shown_to(session, students, keys)
    yield
    note(session, before, shown_to(session, students, keys), why, by)


def regraded(submission: Submission, before: Result, after: Result) -> None:
    """As `grader.submissions.changes` tells it: the student hears of it in each of their sessions that it concerns."""
    assigned = Assignment.objects.posted().filter(exercise=submission.exercise_id)
    for one in assigned.filter(session__in=sessions_seated_in(submission.student)).select_related("session__course"):
        students, keys = [submission.student], [one.pk]
        was = shown_to(one.session, students, keys, results={submission.pk: before})
        why = f"{REGRADED}: {after.reason}" if after.reason else REGRADED
        note(one.session, was, shown_to(one.session, students, keys), why, None)


def note(
    session: Session, before: Mapping[Cell, float | None], after: Mapping[Cell, float | None], why: str, by: User | None
) -> None:
    """Keep what has changed, and write one mail to each student about all of it."""
    changed = [
        Correction(assignment_id=cell[0], student_id=cell[1], before=was, after=after[cell], why=why[:500], by=by)
        for cell, was in before.items()
        if cell in after and differ(was, after[cell])
    ]
    lines: dict[int, list[Line]] = defaultdict(list)
    titles = dict(
        Assignment.objects.filter(pk__in={one.assignment_id for one in changed}).values_list("pk", "exercise__title")
    )
    for one in Correction.objects.bulk_create(changed):
        lines[one.student_id].append(Line(titles[one.assignment_id], said(one.before), said(one.after), one.why))
    for student in User.objects.filter(pk__in=lines):
        mail.write(student, mail.Kind.GRADES, "score_changed", session=session, lines=lines[student.pk])


def said(value: float | None) -> str:
    """A percent in a sentence, or that there is none."""
    return "not there" if value is None else percent(value)


def differ(one: float | None, other: float | None) -> bool:
    """Whether two percents are not the same to those who read them."""
    if one is None or other is None:
        return one is not other
    return abs(one - other) >= SAME
