"""Who was at which meeting: what staff took down, a meeting at a time, and the whole as a table."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.classroom.meetings.models import Attendance, Meeting
from courses.enrollment.access import members_of, sessions_attended_by
from courses.people.audit import record
from courses.people.models import User
from courses.sessions.models import Session

# Whoever follows the link earlier has only tried it.
DOORS_OPEN = datetime.timedelta(hours=1)
THERE = (Attendance.Status.PRESENT, Attendance.Status.LATE)


def note_joining(meeting: Meeting, person: User) -> None:
    """Note when a person with a seat followed the link first; an early try gives way to the real coming."""
    if not sessions_attended_by(person).filter(pk=meeting.session_id).exists():
        return
    now = timezone.now()
    attendance, made = Attendance.objects.get_or_create(meeting=meeting, person=person, defaults={"joined_at": now})
    if not made:
        tried = Q(joined_at__isnull=True) | Q(joined_at__lt=meeting.starts_at - DOORS_OPEN)
        Attendance.objects.filter(tried, pk=attendance.pk).update(joined_at=now)


def people_of(session: Session) -> QuerySet[User]:
    """Whom a list of attendance names: who has a seat, and who had one and was at a meeting."""
    came = Q(attendances__meeting__session=session)
    return User.objects.filter(Q(pk__in=members_of(session)) | came).distinct().order_by("name", "email")


@dataclass(frozen=True)
class Row:
    """One person's meetings, in the table's order; None where there is nothing about one."""

    person: User
    cells: tuple[Attendance | None, ...]

    @property
    def came(self) -> int:
        """At how many meetings the person was, late or not."""
        return sum(map(was_there, self.cells))

    @property
    def noted(self) -> int:
        """For how many meetings it was taken down."""
        return sum(cell is not None and bool(cell.status) for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """People by meetings that take place, with how many came to each."""

    meetings: tuple[Meeting, ...]
    rows: tuple[Row, ...]

    @property
    def came(self) -> list[int]:
        return [sum(was_there(row.cells[n]) for row in self.rows) for n in range(len(self.meetings))]


def was_there(attendance: Attendance | None) -> bool:
    """Present, or late."""
    return attendance is not None and attendance.status in THERE


def table_of(session: Session) -> Table:
    """The session's attendance."""
    meetings = tuple(session.meetings.filter(canceled_at__isnull=True).named())
    found = {(a.person_id, a.meeting_id): a for a in Attendance.objects.filter(meeting__in=meetings)}
    rows = [Row(p, tuple(found.get((p.pk, m.pk)) for m in meetings)) for p in people_of(session)]
    return Table(meetings, tuple(rows))


@transaction.atomic
def take_down(meeting: Meeting, actor: User, statuses: Mapping[User, str]) -> int:
    """Note these people's status, and in the audit trail whose has changed; how many have."""
    before = dict(Attendance.objects.select_for_update().filter(meeting=meeting).values_list("person", "status"))
    changed = {person: status for person, status in statuses.items() if before.get(person.pk, "") != status}
    for person, status in changed.items():
        Attendance.objects.update_or_create(meeting=meeting, person=person, defaults={"status": status})
    if changed:
        values = {person.email: (before.get(person.pk, ""), status) for person, status in changed.items()}
        record(actor, f"took down who was at “{meeting}”", meeting.session, values)
    return len(changed)
