"""Scores that staff give instead of the examiner's, one or many at once, none over another that came between."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from courses.people.audit import record
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.cells.typed import number
from grader.gradebook.corrections.notices import correcting
from grader.gradebook.models import Override

CHANGED_BY_STAFF = "Your teachers set it"
TAKEN_BACK = "Your teachers took back the score that they had set"


class Stale(Exception):
    """Somebody else decided on the cell since it was seen: `latest` is what they wrote."""

    def __init__(self, latest: Override) -> None:
        super().__init__(f"{latest.by} decided on this score meanwhile. Look at it, then decide anew.")
        self.latest = latest


@dataclass(frozen=True)
class Decision:
    """A score for a cell. points : of full marks; None takes back what staff decided before.

    seen : the key of the cell's latest override that whoever decides has seen, 0 for none.
    """

    assignment: Assignment
    student: User
    points: Decimal | None
    seen: int

    @property
    def cell(self) -> tuple[int, int]:
        return self.assignment.pk, self.student.pk


@transaction.atomic
def decide(session: Session, decisions: Sequence[Decision], actor: User, reason: str = "") -> list[Override]:
    """Write these scores, note them in the trail, and tell students whose posted score is another one by it.

    All or none is written. Raises Stale.
    """
    assignments, students = {one.assignment.pk for one in decisions}, {one.student.pk: one.student for one in decisions}
    # Whoever decides on a score of these assignments waits here.
    list(Assignment.objects.filter(pk__in=assignments).select_for_update(no_key=True).order_by("pk").values("pk"))
    book = Book(session, list(students.values()), only=assignments)
    for one in decisions:
        if book.seen(one.cell) != one.seen:
            raise Stale(Override.objects.select_related("by").get(pk=book.seen(one.cell)))
    taken = all(one.points is None for one in decisions)
    why = reason or (TAKEN_BACK if taken else CHANGED_BY_STAFF)
    with correcting(session, book.students, assignments, why, actor):
        written = Override.objects.bulk_create(
            Override(
                assignment=one.assignment, student=one.student, points=one.points, by=actor, reason=reason,
                of=_of(book, one),
            )
            for one in decisions
        )  # fmt: skip
    _record(session, decisions, book, actor, reason)
    return written


def _of(book: Book, decision: Decision) -> Decimal:
    """Full marks of the assignment; where there are none any more, those of the override that is taken back."""
    _, decided = book.records.decisions.get(decision.cell, (0, None))
    full = book.full(decision.assignment) or (decided.of if decided else 0)
    return Decimal(str(round(full, 2)))


def _record(session: Session, decisions: Sequence[Decision], book: Book, actor: User, reason: str) -> None:
    """One entry in the trail, with what each score was and is."""
    values: dict[str, tuple[object, object]] = {"reason": (None, reason)} if reason else {}
    for one in decisions:
        before = book.points(one.assignment, one.student)
        name = "score" if len(decisions) == 1 else f"{one.student.email}, {one.assignment}"
        after = "as the examiner finds" if one.points is None else number(one.points)
        values[name] = (None if before is None else number(before), after)
    first = decisions[0]
    deed = "took back a score of" if first.points is None else "set a score of"
    what = f"{deed} {first.student} for “{first.assignment}”" if len(decisions) == 1 else f"set {len(decisions)} scores"
    record(actor, what, session, values)
