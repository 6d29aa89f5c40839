"""Marking one student's work by an assignment's rubric. Several people may; none undoes another's marks unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from courses.enrollment.access import members_of
from courses.people.audit import record
from courses.people.models import User
from grader.assignments.assignment import Assignment
from grader.gradebook.corrections.notices import correcting
from grader.gradebook.rubric.models import Criterion, Mark, plain

WHY = "Your work was marked by the rubric"


@dataclass(frozen=True)
class Given:
    """What somebody gives by a criterion; points None: no mark.

    seen : when the mark that they have seen was given, as `seen_of` says it.
    """

    points: Decimal | None
    comment: str
    seen: str


class MarkedMeanwhile(Exception):
    """Somebody else has given other marks since; `kept` is what they gave, by criterion."""

    def __init__(self, kept: Mapping[int, Mark | None]) -> None:
        names = sorted({str(mark.by) for mark in kept.values() if mark is not None})
        who = " and ".join(names) or "Somebody else"
        super().__init__(f"{who} marked this work meanwhile. Nothing of yours is saved yet.")
        self.kept = kept


class MarkRefused(Exception):
    """No such marks can be given; the message says why."""


def seen_of(mark: Mark | None) -> str:
    """What a form or a program says of a mark that it has seen; empty where there is none."""
    return mark.at.isoformat() if mark else ""


def marks_of(assignment: Assignment, student: User) -> dict[int, Mark]:
    """The student's marks, by the criterion's key."""
    found = Mark.objects.filter(criterion__assignment=assignment, student=student).select_related("by", "criterion")
    return {mark.criterion_id: mark for mark in found}


@transaction.atomic
def mark(assignment: Assignment, student: User, by: User, given: Mapping[Criterion, Given]) -> bool:
    """Give these marks, all or none; False where they are what they were.

    Raises MarkRefused where points are above a criterion's, MarkedMeanwhile where a mark that would change is
    not the one that was seen. A student whose posted score is another one by it is told.
    """
    Assignment.objects.select_for_update(of=("self",), no_key=True).get(pk=assignment.pk)
    before = marks_of(assignment, student)
    changed = {one: new for one, new in given.items() if _said(before.get(one.pk)) != (new.points, new.comment)}
    for criterion, new in changed.items():
        if new.points is not None and not 0 <= new.points <= criterion.points:
            raise MarkRefused(f"“{criterion}” has {plain(criterion.points)} points at most.")
    lost = {one.pk: before.get(one.pk) for one, new in changed.items() if seen_of(before.get(one.pk)) != new.seen}
    if lost:
        raise MarkedMeanwhile(lost)
    with correcting(assignment.session, [student], [assignment.pk], WHY, by):
        for criterion, new in changed.items():
            if new.points is None:
                Mark.objects.filter(criterion=criterion, student=student).delete()
            else:
                values = {"points": new.points, "comment": new.comment, "by": by, "at": timezone.now()}
                Mark.objects.update_or_create(criterion=criterion, student=student, defaults=values)
    if changed:
        said = {
            str(one): (_words(_said(before.get(one.pk))), _words((new.points, new.comment)))
            for one, new in changed.items()
        }
        record(by, f"marked “{assignment}” of {student}", assignment.session, said)
    return bool(changed)


def _said(kept: Mark | None) -> tuple[Decimal | None, str]:
    return (kept.points, kept.comment) if kept else (None, "")


def _words(said: tuple[Decimal | None, str]) -> str | None:
    points, comment = said
    return None if points is None else plain(points) + (f": {comment}" if comment else "")


@dataclass(frozen=True)
class Round:
    """All students of an assignment, by name, and who of them is marked by every criterion."""

    students: Sequence[User]
    marked: frozenset[int]

    @classmethod
    def of(cls, assignment: Assignment) -> "Round":
        """Two queries, however many students there are."""
        students = list(members_of(assignment.session).order_by("name", "email"))
        criteria = assignment.criteria.count()
        counted = Mark.objects.filter(criterion__assignment=assignment).order_by().values("student")
        whole = counted.annotate(number=Count("pk")).filter(number=criteria) if criteria else counted.none()
        marked = frozenset(whole.values_list("student", flat=True)) & {student.pk for student in students}
        return cls(students, marked)

    def neighbor(self, student: User, step: int) -> User | None:
        """The next one in a direction, +1 or -1; None at the end."""
        at = [one.pk for one in self.students].index(student.pk) + step
        return self.students[at] if 0 <= at < len(self.students) else None

    def next_unmarked(self, student: User | None = None) -> User | None:
        """The first after this one, and then from the beginning, whom some mark is missing."""
        start = 0 if student is None else [one.pk for one in self.students].index(student.pk) + 1
        others = [*self.students[start:], *self.students[:start]]
        return next((one for one in others if one.pk not in self.marked and one != student), None)
