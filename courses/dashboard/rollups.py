"""Roll-ups: what is counted by day is counted once for each day that is over, and live for all others.

A `Rollup` names the rows that are counted and the tables that hold their sums, of days and of whole months. Reading
takes whole months where it can, then days, and counts live what is not rolled up: today, and each day whose past was
changed, which a trigger of the database notes. So figures are exact at every moment; `manage.py roll_up` makes them
quick. Slices that come later register theirs, with triggers of their own.
"""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate, TruncMonth

from courses.dashboard.cover import Cover, at_within, by_month, length_of, stretches_of, within
from courses.dashboard.models import RolledDay
from courses.dashboard.ranges import ONE_DAY, Range, begins_at, school_today, school_zone

LOCK_SECONDS = 5

Sums = dict[tuple[Any, ...], list[Any]]


@dataclass(frozen=True)
class Source:
    """Rows that are counted by a moment of theirs.

    rows : all of them. at : the moment. paths : where a row has the roll-up's keys, by key; those that the row has
    itself are left out. sums : what is counted, by the roll-up's name for it.
    """

    rows: Callable[[], models.QuerySet[Any]]
    at: str
    sums: Mapping[str, Combinable]
    paths: Mapping[str, str]

    def path(self, lookup: str) -> str:
        """A lookup of the roll-up, such as session__course, as one of the rows."""
        key, separator, rest = lookup.partition("__")
        return self.paths.get(key, key) + separator + rest


@dataclass(frozen=True)
class Rollup:
    """What is counted: `sums` for each `keys` and day; `days` and `months` are the tables that hold it.

    what : the name under which triggers forget its days.
    """

    what: str
    days: type[models.Model]
    months: type[models.Model]
    keys: Sequence[str]
    sums: Sequence[str]
    sources: Sequence[Source]
    unit: str = "day"

    # --- reading ----------------------------------------------------------------------------------------

    def read(self, days: Range, by: Sequence[str] = (), where: Mapping[str, Any] | None = None) -> Sums:
        """The sums of these days, by what is asked for, such as ("day",) or ("session__course", "currency").

        by : keys and what they lead to; "day" and "month" (by its first day) are days of the school's clock.
        where : as for a filter, such as {"session__modality": "online"}.
        """
        found: Sums = {}
        cover = Cover.of(days, self.rolled(days), by_day="day" in by)
        for table, stretches in ((self.months, cover.months), (self.days, cover.days)):
            if stretches:
                rows = table._default_manager.filter(within("day", stretches), **(where or {}))
                self._add(found, rows.annotate(month=TruncMonth("day")) if "month" in by else rows, by)
        if cover.live:
            for source in self.sources:
                rows = source.rows().filter(at_within(source.at, cover.live))
                rows = rows.filter(**{source.path(lookup): value for lookup, value in (where or {}).items()})
                self._add(found, _dated(rows, source.at, by), by, source)
        exact = [self._exact(name) for name in self.sums]
        return {key: [make(value) for make, value in zip(exact, sums, strict=True)] for key, sums in found.items()}

    def total(self, days: Range, where: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """All of these days, by the name of each sum."""
        sums = self.read(days, (), where).get((), [self._exact(name)(0) for name in self.sums])
        return dict(zip(self.sums, sums, strict=True))

    def _add(self, found: Sums, rows: models.QuerySet[Any], by: Sequence[str], source: Source | None = None) -> None:
        """Add what the rows come to."""
        paths = [name if source is None or name in ("day", "month") else source.path(name) for name in by]
        sums = {f"sum_{name}": models.Sum(name) for name in self.sums} if source is None else {
            f"sum_{name}": counted for name, counted in source.sums.items()
        }  # fmt: skip
        if paths:
            told = rows.order_by().values_list(*paths).annotate(**sums)
        else:
            totals = rows.aggregate(**sums)
            told = [tuple(totals[name] for name in sums)]
        places = [self.sums.index(name.removeprefix("sum_")) for name in sums]
        for row in told:
            own = found.setdefault(tuple(row[: len(paths)]), [0] * len(self.sums))
            for place, value in zip(places, row[len(paths) :], strict=True):
                own[place] += value or 0

    def _exact(self, name: str) -> Callable[[Any], Any]:
        """What makes a sum exact: money to the cent, since SQLite adds in floats."""
        field = self.days._meta.get_field(name)
        if not isinstance(field, models.DecimalField):
            return int
        smallest = Decimal(1).scaleb(-field.decimal_places)
        return lambda value: Decimal(value).quantize(smallest)

    def rolled(self, days: Range) -> set[datetime.date]:
        """Those of these days that are rolled up, by the school's clock as it is set now."""
        rows = RolledDay.objects.filter(what=self.what, zone=settings.SCHOOL_TIME_ZONE)
        return set(rows.filter(day__range=(days.first, days.last)).values_list("day", flat=True))

    # --- rolling up -------------------------------------------------------------------------------------

    def pieces(self, since: datetime.date | None = None) -> "list[Piece]":
        """A month each, the oldest first."""
        return [Piece(partial(self.roll_up, days), len(days)) for _, days in self.missing(since)]

    def missing(self, since: datetime.date | None = None) -> list[tuple[datetime.date, list[datetime.date]]]:
        """The days that are over and not rolled up, by month, the oldest first; `since` this day at most."""
        first = self.beginning()
        yesterday = school_today() - ONE_DAY
        if first is None or max(first, since or first) > yesterday:
            return []
        days = Range(max(first.replace(day=1), since or datetime.date.min), yesterday)
        rolled = self.rolled(days)
        return [(month, of) for month, of in by_month(day for day in days.each() if day not in rolled)]

    def beginning(self) -> datetime.date | None:
        """The first day with anything; None where there is nothing at all."""
        moments = [source.rows().order_by(source.at).values_list(source.at, flat=True) for source in self.sources]
        known = [first for first in (of_source.first() for of_source in moments) if first is not None]
        return min(known).astimezone(school_zone()).date() if known else None

    def forget(self, since: datetime.date) -> None:
        """Have all days from this one on rolled up anew."""
        RolledDay.objects.filter(what=self.what, day__gte=since).delete()

    @transaction.atomic
    def roll_up(self, days: Collection[datetime.date]) -> None:
        """Count these days, which are over and of one month, and note that they are rolled up.

        Those that others have rolled up meanwhile are left alone. Raises OperationalError where whoever writes is in
        the way for too long; try again later.
        """
        self._lock()
        span = Range(min(days), max(days))
        left = sorted(set(days) - self.rolled(span))
        if not left:
            return
        counted: Sums = {}
        stretches = stretches_of(left)
        for source in self.sources:
            rows = source.rows().filter(at_within(source.at, stretches))
            self._add(counted, _dated(rows, source.at, ("day",)), ("day", *self.keys), source)
        self._replace(self.days, left, counted)
        RolledDay.objects.filter(what=self.what, day__in=left).delete()
        zone = settings.SCHOOL_TIME_ZONE
        RolledDay.objects.bulk_create(
            RolledDay(what=self.what, day=day, zone=zone, begins_at=begins_at(day), ends_at=begins_at(day + ONE_DAY))
            for day in left
        )
        self._roll_up_month(span.first.replace(day=1))

    def _roll_up_month(self, month: datetime.date) -> None:
        """Add up a month of whose days all are rolled up."""
        whole = Range(month, month + (length_of(month) - 1) * ONE_DAY)
        if len(self.rolled(whole)) < whole.days:
            return
        counted: Sums = {}
        rows = self.days._default_manager.filter(day__range=(whole.first, whole.last))
        self._add(counted, rows.annotate(month=TruncMonth("day")), ("month", *self.keys))
        self._replace(self.months, [month], counted)

    def _replace(self, table: type[models.Model], days: Sequence[datetime.date], counted: Sums) -> None:
        fields = {field.name: field for field in table._meta.concrete_fields}
        names = ["day", *(fields[key].attname for key in self.keys), *self.sums]
        table._default_manager.filter(day__in=days).delete()
        table._default_manager.bulk_create(
            (table(**dict(zip(names, [*key, *sums], strict=True))) for key, sums in counted.items()), batch_size=2000
        )

    def _lock(self) -> None:
        """Wait for whoever writes what is counted, and keep others from it until the transaction ends.

        Else a day could be counted without what was written to it just then, and be taken for complete. On SQLite
        a transaction has the database for itself.
        """
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
            for table in sorted({source.rows().model._meta.db_table for source in self.sources}):
                cursor.execute(f"LOCK TABLE {connection.ops.quote_name(table)} IN SHARE ROW EXCLUSIVE MODE")


class Piece(NamedTuple):
    """What is rolled up at a time, in a second or so. number : of days, or of what else it is counted by."""

    roll_up: Callable[[], None]
    number: int = 1


class Rolled(Protocol):
    """What `manage.py roll_up` rolls up: a `Rollup`, or what others count daily by rules of their own.

    unit : by what its pieces are counted, such as "day".
    """

    @property
    def what(self) -> str: ...
    @property
    def unit(self) -> str: ...
    def pieces(self, since: datetime.date | None = None) -> list[Piece]: ...
    def forget(self, since: datetime.date) -> None: ...


_registered: dict[str, Rolled] = {}


def register(rollup: Rolled) -> None:
    """Have `manage.py roll_up`, and beat each day, roll this up too."""
    _registered[rollup.what] = rollup


def registered() -> list[Rolled]:
    return list(_registered.values())


def _dated(rows: models.QuerySet[Any], at: str, by: Sequence[str]) -> models.QuerySet[Any]:
    """The rows with the `day` or `month` of the school's clock on which they happened, where that is asked for."""
    truncate: dict[str, Any] = {"day": TruncDate, "month": _TruncMonthOfMoment}
    return rows.annotate(**{name: truncate[name](at, tzinfo=school_zone()) for name in by if name in truncate})


class _TruncMonthOfMoment(TruncMonth):
    """The first day of the month of a moment, as a date."""

    def __init__(self, expression: str, **extra: Any) -> None:
        super().__init__(expression, output_field=models.DateField(), **extra)
