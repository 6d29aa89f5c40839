"""What is known of the school's sessions in a range of days, and in those that it is compared with; read at once."""

import datetime
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.utils.formats import date_format

from courses.catalog.models import Course
from courses.dashboard.counted import ENROLLMENTS, REVENUE
from courses.dashboard.ranges import Range, school_today
from courses.dashboard.rollups import Rollup
from courses.enrollment.waiting.models import WaitingEntry
from courses.sessions.models import Session

COLUMNS = (
    "pk", "course", "modality", "place", "starts_on", "ends_on", "seats", "seats_taken", "published", "canceled_at",
)  # fmt: skip


class Batch(NamedTuple):
    """What figures are told by of a session, without the rest of its row."""

    pk: int
    course: int
    modality: str
    place: str
    starts_on: datetime.date
    ends_on: datetime.date
    seats: int
    seats_taken: int
    published: bool
    canceled_at: datetime.datetime | None

    @property
    def where(self) -> str:
        return self.place or Session.Modality(self.modality).label


class Money(NamedTuple):
    """What came in, what went back, and how often; amounts of one currency, above zero."""

    received: Decimal = Decimal(0)
    refunded: Decimal = Decimal(0)
    payments: int = 0
    refunds: int = 0

    @property
    def net(self) -> Decimal:
        return self.received - self.refunded


class People(NamedTuple):
    """Who enrolled, and who withdrew."""

    enrolled: int = 0
    withdrawn: int = 0

    @property
    def net(self) -> int:
        return self.enrolled - self.withdrawn


@dataclass
class Facts:
    """Of these days, and of those that they are compared with.

    where : of which sessions, as lookups of a row that has one, such as {"session__place": "Berlin"}.
    """

    days: Range
    before: Range
    where: Mapping[str, Any]

    @cached_property
    def sessions(self) -> dict[int, Batch]:
        # What a row says of its session, as the session says it of itself.
        own = {"session": "pk", "session__in": "pk__in"}
        lookups = {own.get(name, name.removeprefix("session__")): value for name, value in self.where.items()}
        rows = Session.objects.filter(**lookups).order_by("starts_on", "pk").values_list(*COLUMNS)
        return {row[0]: Batch(*row) for row in rows}

    @cached_property
    def courses(self) -> dict[int, str]:
        """Titles."""
        return dict(Course.objects.values_list("pk", "title"))

    @cached_property
    def _several_courses(self) -> bool:
        return len({batch.course for batch in self.sessions.values()}) > 1

    def name_of(self, session: int) -> str:
        """Where, from when and, where several courses are told of, of which."""
        batch = self.sessions[session]
        course = f" · {self.courses[batch.course]}" if self._several_courses else ""
        return f"{batch.where}, {date_format(batch.starts_on, 'M j, Y')}{course}"

    # --- by day -----------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> dict[int, People]:
        """By session."""
        return self._by_session(self.days)

    @cached_property
    def people_before(self) -> dict[int, People]:
        return self._by_session(self.before)

    def _by_session(self, days: Range) -> dict[int, People]:
        return {key[0]: People(*sums) for key, sums in ENROLLMENTS.read(days, ("session",), self.where).items()}

    @cached_property
    def money(self) -> dict[tuple[int, str], Money]:
        """By session and currency."""
        return self._money(self.days)

    @cached_property
    def money_before(self) -> dict[tuple[int, str], Money]:
        return self._money(self.before)

    def _money(self, days: Range) -> dict[tuple[int, str], Money]:
        read = REVENUE.read(days, ("session", "currency"), self.where)
        return {(key[0], key[1]): Money(*sums) for key, sums in read.items()}

    def money_in(self, currency: str) -> dict[int, Money]:
        """By session."""
        return {session: money for (session, of), money in self.money.items() if of == currency}

    @cached_property
    def currencies(self) -> list[str]:
        """Those in which anything moved, by their letters."""
        return sorted({currency for _, currency in [*self.money, *self.money_before]})

    def people_over_time(self) -> list[tuple[Range, People, People | None]]:
        """By step of the range: who came and went, and the same of the step of what it is compared with."""
        now, before = (over_steps(ENROLLMENTS, days, self.days.step, self.where) for days in (self.days, self.before))
        return [
            (part, People(*of_now), People(*of_before) if of_before else None)
            for part, of_now, of_before in _beside(self.days, now.get((), []), before.get((), []), 2)
        ]

    @cached_property
    def money_over_time(self) -> dict[str, list[tuple[Range, Money, Money | None]]]:
        """By currency what moved, as `people_over_time`."""
        now, before = (
            over_steps(REVENUE, days, self.days.step, self.where, ("currency",)) for days in (self.days, self.before)
        )
        steps = {
            currency: _beside(self.days, now.get((currency,), []), before.get((currency,), []), 4)
            for currency in self.currencies
        }
        return {
            currency: [(part, Money(*one), Money(*was) if was else None) for part, one, was in told]
            for currency, told in steps.items()
        }

    # --- now --------------------------------------------------------------------------------------------

    @cached_property
    def open_sessions(self) -> list[Batch]:
        """Published, not canceled, running or to come by the school's clock."""
        today = school_today()
        return [
            batch for batch in self.sessions.values()
            if batch.published and batch.canceled_at is None and batch.ends_on >= today
        ]  # fmt: skip

    @cached_property
    def waiting(self) -> dict[int, int]:
        """By session, how many waited for a seat, or had one on offer, when the days ended, or now."""
        return dict(_waiting_at(self.days.ends_at, self.where).values_list("session").annotate(Count("pk")))

    @cached_property
    def waiting_before(self) -> int:
        return _waiting_at(self.before.ends_at, self.where).count()


def _waiting_at(moment: datetime.datetime, where: Mapping[str, Any]) -> Any:
    entries = WaitingEntry.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=moment), joined_at__lt=moment)
    return entries.filter(**where).order_by()


def sum_by(rows: Mapping[Any, Any], key: Callable[[Any], Hashable], kind: type[Any]) -> dict[Any, Any]:
    """Rows of `People` or `Money`, added up by what `key` makes of their keys."""
    groups: dict[Any, list[Any]] = {}
    for of, figures in rows.items():
        groups.setdefault(key(of), []).append(figures)
    return {of: group[0] if len(group) == 1 else total(group, kind) for of, group in groups.items()}


def total(rows: Iterable[Any], kind: type[Any]) -> Any:
    """`People` or `Money` of all."""
    return kind(*(sum(figures) for figures in zip(*rows, strict=True))) if (rows := list(rows)) else kind()


def over_steps(
    rollup: Rollup, days: Range, step: str, where: Mapping[str, Any], keys: tuple[str, ...] = ()
) -> dict[tuple[Any, ...], list[list[Any]]]:
    """By the keys, the sums of each step of the days."""
    parts = days.steps(step)
    places: dict[datetime.date, int] = {}
    for place, part in enumerate(parts):
        places |= dict.fromkeys([part.first.replace(day=1)] if step == "month" else part.each(), place)
    read = rollup.read(days, ("month" if step == "month" else "day", *keys), where)
    series: dict[tuple[Any, ...], list[list[Any]]] = {}
    for (day, *key), sums in read.items():
        own = series.setdefault(tuple(key), [[0] * len(rollup.sums) for _ in parts])[places[day]]
        for place, figure in enumerate(sums):
            own[place] += figure
    return series


def _beside(
    days: Range, now: list[list[Any]], before: list[list[Any]], width: int
) -> list[tuple[Range, list[Any], list[Any] | None]]:
    """Each step with its sums, and beside them those of the step of the same place before."""
    parts = days.steps()
    nothing = [[0] * width for _ in parts]
    now, before = now or nothing, before or nothing
    return [(part, now[place], before[place] if place < len(before) else None) for place, part in enumerate(parts)]
