"""The week's figures by e-mail, on Mondays of the school's clock, to those of the staff who ask for them.

Admins get those of the school, instructors those of the sessions that they teach. A row for each person and week keeps
it from being sent twice, whoever asks and however often.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.dashboard import tiles
from courses.dashboard.charts import Tile
from courses.dashboard.facts import Facts
from courses.dashboard.models import WeeklyReport
from courses.dashboard.ranges import Range, school_zone
from courses.dashboard.tiles import Links, TilesOf
from courses.people import mail
from courses.people.mail import Kind
from courses.people.models import User
from courses.sessions.models import Session

SEND = "courses.dashboard.tasks.write_reports"
# Of the school's clock, on Monday.
MORNING = datetime.time(6)
_registered: list[TilesOf] = []


def register(lines_of: TilesOf) -> None:
    """Have `lines_of(days, before, where)` add its numbers to each report, beside those of the dashboard's tiles."""
    _registered.append(lines_of)


def week_of_report() -> Range:
    """The last week of which a report is due: Monday to Sunday, from Monday morning on."""
    now = timezone.now().astimezone(school_zone())
    monday = now.date() - datetime.timedelta(days=now.weekday())
    if now.weekday() == 0 and now.time() < MORNING:
        monday -= datetime.timedelta(days=7)
    return Range(monday - datetime.timedelta(days=7), monday - datetime.timedelta(days=1))


def due() -> Iterator[User]:
    """Those who asked for a report and were not yet sent the last week's."""
    week = week_of_report()
    sent = WeeklyReport.objects.filter(week=week.first).values("person")
    people = User.objects.filter(is_active=True).exclude(asked_for=[]).exclude(pk__in=sent)
    # JSON's own lookups are not the same on all databases; those who ask for anything are few.
    return (person for person in people.select_related("instructor") if mail.wants(person, Kind.REPORT))


def write(person: User) -> bool:
    """Write the last week's report to a person. False where they were sent it."""
    week = week_of_report()
    try:
        with transaction.atomic():
            WeeklyReport.objects.create(person=person, week=week.first)
            mail.write(person, Kind.REPORT, "week", week=week, tiles=tiles_for(person, week), school=person.is_admin)
    except IntegrityError:
        return False
    return True


def tiles_for(person: User, week: Range) -> list[Tile]:
    """The week's numbers, of the school or of the sessions that the person teaches."""
    where: dict[str, Any] = {}
    if not person.is_admin:
        where = {"session__in": list(Session.objects.taught_by(person).values_list("pk", flat=True))}
    facts = Facts(week, week.before, where)
    return tiles.tiles_of(facts, Links(None)) + [
        tile for lines_of in _registered for tile in lines_of(week, week.before, where)
    ]
