"""Many meetings at once: on the same weekdays, at the same times of day."""

import datetime
import itertools
from collections.abc import Collection, Iterator, Sequence

from django.db import transaction

from courses.catalog.models import Lecture
from courses.classroom.meetings.models import Meeting
from courses.classroom.progress import path
from courses.people.audit import record
from courses.people.models import User
from courses.sessions.models import Session, day


def days(first: datetime.date, weekdays: Collection[int]) -> Iterator[datetime.date]:
    """The days from the first date on that fall on these weekdays (Monday is 0; none: that of the first date)."""
    wanted = set(weekdays) or {first.weekday()}
    return (date for n in itertools.count() if (date := first + datetime.timedelta(days=n)).weekday() in wanted)


@transaction.atomic
def plan(meetings: Sequence[Meeting], actor: User, lectures_each: int = 0) -> None:
    """Keep new meetings of one session; each covers the next lectures of the course that no meeting covers yet."""
    session = meetings[0].session
    left = iter(uncovered(session) if lectures_each else [])
    for meeting in meetings:
        meeting.save()
        meeting.lectures.set(itertools.islice(left, lectures_each))
    first, last = meetings[0].date, meetings[-1].date
    record(actor, f"planned {len(meetings)} meetings from {day(first)} to {day(last)}", session)


def uncovered(session: Session) -> list[Lecture]:
    """The course's lectures in the order in which to take them, without those of meetings that take place."""
    covered = set(
        Lecture.objects.filter(meetings__session=session, meetings__canceled_at__isnull=True).values_list(
            "pk", flat=True
        )
    )
    return [place.lecture for place in path(session.course) if place.lecture_id not in covered]
