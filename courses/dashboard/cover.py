"""From where figures of some days are read: whole months, single days, and what is counted live; as few stretches as
there can be, since each is a part of a query.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from courses.dashboard.ranges import ONE_DAY, Range

# Beyond so many stretches of days, those between the first and the last are counted live, too.
MOST_STRETCHES = 40


@dataclass(frozen=True)
class Cover:
    """From where each of some days is read: stretches of months (by their first days), of days, and live."""

    months: list[Range]
    days: list[Range]
    live: list[Range]

    @classmethod
    def of(cls, days: Range, rolled: Collection[datetime.date], *, by_day: bool) -> "Cover":
        """rolled : those of the days that are rolled up. by_day : each is asked for, so that no month will do."""
        live = stretches_of(day for day in days.each() if day not in rolled)
        if len(live) > MOST_STRETCHES:
            live = [Range(live[0].first, live[-1].last)]
        single = [day for day in rolled if not any(day in stretch for stretch in live)]
        whole: list[datetime.date] = []
        if not by_day:
            whole = [month for month, of in by_month(single) if len(of) == length_of(month)]
            in_whole = set(whole)
            single = [day for day in single if day.replace(day=1) not in in_whole]
        months = [Range(month, month) for month in whole]
        return cls(months=_joined(months), days=stretches_of(single), live=live)


def stretches_of(days: Iterable[datetime.date]) -> list[Range]:
    """Days as ranges of days that follow each other."""
    stretches: list[Range] = []
    for day in sorted(days):
        if stretches and stretches[-1].last + ONE_DAY == day:
            stretches[-1] = Range(stretches[-1].first, day)
        else:
            stretches.append(Range(day, day))
    return stretches


def _joined(months: Sequence[Range]) -> list[Range]:
    """Months that follow each other, as ranges of their first days."""
    joined: list[Range] = []
    for month in months:
        if joined and joined[-1].last + length_of(joined[-1].last) * ONE_DAY == month.first:
            joined[-1] = Range(joined[-1].first, month.first)
        else:
            joined.append(month)
    return joined


def by_month(days: Iterable[datetime.date]) -> list[tuple[datetime.date, list[datetime.date]]]:
    """The days of each month, which is named by its first one."""
    return [(month, list(of)) for month, of in groupby(sorted(days), lambda day: day.replace(day=1))]


def length_of(month: datetime.date) -> int:
    """How many days the month has."""
    return ((month.replace(day=1) + datetime.timedelta(days=31)).replace(day=1) - month.replace(day=1)).days


def within(field: str, stretches: Iterable[Range]) -> Q:
    """Rows whose day is in one of the stretches."""
    found = Q(pk__in=[])
    for stretch in stretches:
        found |= Q(**{f"{field}__range": (stretch.first, stretch.last)})
    return found


def at_within(field: str, stretches: Iterable[Range]) -> Q:
    """Rows whose moment is on a day of one of the stretches."""
    found = Q(pk__in=[])
    for stretch in stretches:
        found |= Q(**{f"{field}__gte": stretch.begins_at, f"{field}__lt": stretch.ends_at})
    return found
