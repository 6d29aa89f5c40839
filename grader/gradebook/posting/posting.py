"""Showing students the scores of assignments, and hiding them again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from courses.people import mail
from courses.people.audit import record
from courses.people.models import User
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment
from grader.gradebook.book import Book
from grader.gradebook.scores import State
from grader.gradebook.words import lateness, points


@dataclass(frozen=True)
class Line:
    """What a student sees of one assignment: its name, the score and, where it is late, what that costs."""

    assignment: Assignment
    said: str
    late: str


@transaction.atomic
def post(session: Session, assignments: Collection[int], actor: User) -> list[Assignment]:
    """Show the scores of those of these assignments that are hidden; which they are. Each student gets one mail."""
    hidden = Assignment.objects.unposted().filter(session=session, pk__in=assignments)
    posted = _locked(hidden)
    Assignment.objects.filter(pk__in=[one.pk for one in posted]).update(posted_at=timezone.now())
    if posted:
        record(actor, f"posted scores of {_names(posted)}", session)
        book = Book.of(session, for_student=True)
        for student in book.students:
            lines = lines_of(book, student, {one.pk for one in posted})
            if lines:
                mail.write(student, mail.Kind.GRADES, "scores_posted", session=session, lines=lines)
    return posted


@transaction.atomic
def hide(session: Session, assignments: Collection[int], actor: User) -> list[Assignment]:
    """Hide the scores of these assignments from students until they are posted; which were to be seen before."""
    seen = _locked(Assignment.objects.posted().filter(session=session, pk__in=assignments))
    rows = Assignment.objects.filter(pk__in=[one.pk for one in seen])
    rows.update(hidden=True, posted_at=None, version=F("version") + 1)
    if seen:
        record(actor, f"hid scores of {_names(seen)}", session)
    return seen


def lines_of(book: Book, student: User, assignments: Collection[int]) -> list[Line]:
    """What of these the student sees, in a book for students; nothing of what is open to them still."""
    scores = [(one, book.score(one, student)) for one in book.assignments if one.pk in assignments]
    return [
        Line(one, points(score), lateness(score)) for one, score in scores if score.state != State.OPEN or score.decided
    ]


def _locked(rows: QuerySet[Assignment]) -> list[Assignment]:
    """Kept from others who post or hide them at the same time."""
    return list(rows.select_related("exercise").select_for_update(of=("self",)).order_by("pk"))


def _names(assignments: Sequence[Assignment]) -> str:
    return ", ".join(f"“{one}”" for one in assignments)
