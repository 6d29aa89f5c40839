"""A session once more, from another day on: facts, staff, and the timetable by the same clocks."""

import datetime
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from courses.classroom.meetings.models import Meeting, wall_time
from courses.people.audit import record
from courses.people.models import User
from courses.sessions.models import Session
from courses.sessions.releases import LectureRelease

HOUR = datetime.timedelta(hours=1)
KEPT_APART = {"id", "slug", "seats_taken", "published", "closed_at", "canceled_at", "loaded"}


Copy = Callable[[Session, Session, datetime.timedelta], None]
_copies: list[Copy] = []


def register(copy: Copy) -> None:
    """Have `copy(session, new, shift)` bring along what other slices keep of a session, so many days later."""
    _copies.append(copy)


@dataclass(frozen=True)
class Duplicate:
    """The new session, and its meetings that had to move by an hour since the clocks are put forward over them."""

    session: Session
    moved: tuple[Meeting, ...]


@transaction.atomic
def duplicate(session: Session, actor: User, starts_on: datetime.date) -> Duplicate:
    """A draft with the facts, staff, meetings and dates of lectures of a session, all shifted by whole days.

    Meetings keep their time of day in the session's zone. Canceled ones are left out.
    """
    shift = starts_on - session.starts_on
    columns = [field.attname for field in Session._meta.concrete_fields if field.name not in KEPT_APART]
    copy = Session(**{column: getattr(session, column) for column in columns})
    copy.starts_on, copy.ends_on = session.starts_on + shift, session.ends_on + shift
    if session.submissions_close_on is not None:
        copy.submissions_close_on = session.submissions_close_on + shift
    copy.slug = copy.free_slug()
    copy.save()
    copy.instructors.set(session.instructors.all())
    copy.assistants.set(session.assistants.all())
    record(actor, f"made {copy} after {session}", copy)
    moved = [
        new
        for meeting in session.meetings.filter(canceled_at__isnull=True).prefetch_related("lectures")
        if copy_meeting(meeting, new := Meeting(session=copy), shift)
    ]
    copy_releases(session, copy, shift)
    for bring_along in _copies:
        bring_along(session, copy, shift)
    return Duplicate(copy, tuple(moved))


def copy_releases(session: Session, copy: Session, shift: datetime.timedelta) -> None:
    """Have the lectures open so many days later, at the same time of day."""
    zone = zoneinfo.ZoneInfo(session.time_zone)
    for release in session.releases.all():
        opens_at, _ = shifted(release.opens_at.astimezone(zone), shift)
        LectureRelease.objects.create(session=copy, lecture_id=release.lecture_id, opens_at=opens_at)


def copy_meeting(meeting: Meeting, new: Meeting, shift: datetime.timedelta) -> bool:
    """Keep `new` as `meeting` so many days later; whether its start or end had to move by an hour."""
    starts, ends = (at.astimezone(meeting.zone) for at in (meeting.starts_at, meeting.ends_at))
    new.title, new.room, new.join_url = meeting.title, meeting.room, meeting.join_url
    new.starts_at, late = shifted(starts, shift)
    # A whole meeting is not shortened because its start has to move.
    new.ends_at, ends_late = shifted(ends + HOUR if late else ends, shift)
    new.save()
    new.lectures.set(meeting.lectures.all())
    return late or ends_late


def shifted(local: datetime.datetime, shift: datetime.timedelta) -> tuple[datetime.datetime, bool]:
    """The moment of this time of day so many days later, or of an hour later where the clocks leave it out; if so."""
    zone = str(local.tzinfo)
    wanted = local.replace(tzinfo=None) + shift
    later = bool(local.fold)
    try:
        return wall_time(wanted.date(), wanted.time(), zone, later=later), False
    except ValidationError:
        wanted += HOUR
        return wall_time(wanted.date(), wanted.time(), zone, later=later), True
