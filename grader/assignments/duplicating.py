"""Assignments of a session that is duplicated."""

import datetime
import zoneinfo

from courses.classroom.teaching.duplicating import HOUR, shifted
from courses.sessions.models import Session
from grader.assignments.assignment import Assignment

COPIED = ["weight", "attempts", "counted", "grace_days", "late_percent", "late_days", "hidden"]


def copy_assignments(session: Session, copy: Session, shift: datetime.timedelta) -> None:
    """Assign in the copy what is assigned in the session, so many days later at the same time of day.

    Nothing is posted there, and nobody has an extension.
    """
    zone = zoneinfo.ZoneInfo(session.time_zone)

    def later(at: datetime.datetime | None) -> datetime.datetime | None:
        return shifted(at.astimezone(zone), shift)[0] if at else None

    copies = []
    for one in session.assignments.current():
        new = Assignment(session=copy, exercise_id=one.exercise_id, **{name: getattr(one, name) for name in COPIED})
        new.opens_at, new.due_at = later(one.opens_at), later(one.due_at)
        if new.opens_at and new.due_at and new.opens_at >= new.due_at:
            # The clocks are put forward over the opening, and not over the due date.
            new.due_at += HOUR
        copies.append(new)
    Assignment.objects.bulk_create(copies)
