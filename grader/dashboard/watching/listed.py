"""A session’s watch list: whom the figures put on it, and whom staff did, with what staff noted. Staff alone see it."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from courses.enrollment.access import members_of
from courses.people import audit
from courses.people.models import User
from courses.sessions.models import Session
from grader.dashboard.models import Note, Standing, Watch
from grader.dashboard.standing import standings_of


class WatchRefused(Exception):
    """What was asked of the watch list cannot be had as things stand; the message says why."""


@dataclass
class Listed:
    """A student on the list.

    standing : None for whoever has no seat any more. watch : None for whom the figures alone put on it.
    """

    student: User
    standing: Standing | None = None
    watch: Watch | None = None
    notes: list[Note] = field(default_factory=list)


def listed_in(session: Session, besides: User | None = None) -> list[Listed]:
    """Whoever is at risk now, or watched, or has notes; those at risk by the most reasons first, then by name.

    besides : somebody who is listed in any case.
    """
    rows: dict[int, Listed] = {}
    by_student: dict[int, Standing] = {}
    for standing in standings_of(session).rows:
        student = standing.enrollment.user
        by_student[student.pk] = standing
        if standing.is_at_risk:
            rows[student.pk] = Listed(student, standing)
    for watch in Watch.objects.current().filter(session=session).select_related("student", "added_by"):
        row = rows.setdefault(watch.student_id, Listed(watch.student, by_student.get(watch.student_id)))
        row.watch = watch
    for note in Note.objects.filter(session=session).select_related("student", "author"):
        row = rows.setdefault(note.student_id, Listed(note.student, by_student.get(note.student_id)))
        row.notes.append(note)
    if besides is not None:
        rows.setdefault(besides.pk, Listed(besides, by_student.get(besides.pk)))

    def place(row: Listed) -> tuple[int, str]:
        return -len(row.standing.reasons if row.standing else ()), str(row.student).lower()

    return sorted(rows.values(), key=place)


@transaction.atomic
def watch(session: Session, student: User, by: User) -> Watch:
    """Put the student on the list; who is on it stays on it. Raises WatchRefused for who has no seat."""
    if not members_of(session).filter(pk=student.pk).exists():
        raise WatchRefused(f"{student} has no seat in this session. Choose one of its students.")
    found, made = Watch.objects.get_or_create(
        session=session, student=student, ended_at=None, defaults={"added_by": by}
    )  # fmt: skip
    if made:
        audit.record(by, f"put {student} on the watch list", session)
    return found


@transaction.atomic
def unwatch(session: Session, student: User, by: User) -> bool:
    """Take the student off the list; notes stay. False where nobody put them on it."""
    ended = Watch.objects.current().filter(session=session, student=student).update(ended_at=timezone.now())
    if ended:
        audit.record(by, f"took {student} off the watch list", session)
    return bool(ended)


@transaction.atomic
def note(session: Session, student: User, text: str, by: User) -> Note:
    """Keep what staff want to remember about the student. The trail says that they did, and not what."""
    audit.record(by, f"wrote a note about {student}", session)
    return Note.objects.create(session=session, student=student, text=text, author=by)
