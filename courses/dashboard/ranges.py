"""Ranges of days out of an address, with what they are compared with. Days are days of the school's clock."""

import datetime
import zoneinfo
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode

DEFAULT_DAYS = 30
PRESETS = (7, 30, 90, 365)
MOST_DAYS = 3660
EARLIEST = datetime.date(2000, 1, 1)
ONE_DAY = datetime.timedelta(days=1)
# Up to so many days a chart shows each, up to so many it shows weeks, and beyond that months.
MOST_BY_DAY, MOST_BY_WEEK = 31, 120


def school_zone() -> zoneinfo.ZoneInfo:
    """The zone whose midnights part the days."""
    return zoneinfo.ZoneInfo(settings.SCHOOL_TIME_ZONE)


def school_today() -> datetime.date:
    """The date it is now by the school's clock."""
    return timezone.now().astimezone(school_zone()).date()


def begins_at(day: datetime.date) -> datetime.datetime:
    """The moment at which a day begins by the school's clock, in UTC."""
    return datetime.datetime.combine(day, datetime.time(), school_zone()).astimezone(datetime.UTC)


@dataclass(frozen=True)
class Range:
    """The days from `first` to `last`, both among them."""

    first: datetime.date
    last: datetime.date

    def __contains__(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """As people read it: “October 28 to November 26, 2026”."""
        if self.first == self.last:
            return date_format(self.first, "F j, Y")
        same_year = self.first.year == self.last.year
        return f"{date_format(self.first, 'F j' if same_year else 'F j, Y')} to {date_format(self.last, 'F j, Y')}"

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def each(self) -> Iterator[datetime.date]:
        """Its days, one after another."""
        return (self.first + place * ONE_DAY for place in range(self.days))

    @property
    def begins_at(self) -> datetime.datetime:
        """The moment at which the first day begins, in UTC."""
        return begins_at(self.first)

    @property
    def ends_at(self) -> datetime.datetime:
        """The moment at which the last day is over, in UTC."""
        return begins_at(self.last + ONE_DAY)

    @property
    def before(self) -> "Range":
        """As many days, right before."""
        return Range(self.first - datetime.timedelta(days=self.days), self.first - ONE_DAY)

    @property
    def year_before(self) -> "Range":
        """The same days a year before; February 29 is the 28th there."""
        return Range(_year_before(self.first), _year_before(self.last))

    @property
    def step(self) -> str:
        """By what a chart counts them: "day", "week" (seven days from the first one) or "month"."""
        return "day" if self.days <= MOST_BY_DAY else "week" if self.days <= MOST_BY_WEEK else "month"

    def steps(self, step: str = "") -> list["Range"]:
        """Its parts, each a step long; the last week, and the first and last month, may be cut short.

        step : one that another range has, with which this one is compared; empty for its own.
        """
        parts, begins = [], self.first
        while begins <= self.last:
            ends = min(_end_of_step(begins, step or self.step), self.last)
            parts.append(Range(begins, ends))
            begins = ends + ONE_DAY
        return parts

    def label(self, step: str) -> str:
        """Of a part, short, for an axis: “Nov 3”, or “Nov 2026” of a month."""
        return date_format(self.first, "M Y" if step == "month" else "M j")


def _year_before(day: datetime.date) -> datetime.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _end_of_step(begins: datetime.date, step: str) -> datetime.date:
    if step == "month":
        return (begins.replace(day=1) + datetime.timedelta(days=31)).replace(day=1) - ONE_DAY
    return begins + datetime.timedelta(days=6 if step == "week" else 0)


class Preset(NamedTuple):
    """A link to a range that people often want. `query` holds what else stands in the address, too."""

    label: str
    query: str
    current: bool


def _day(label: str) -> forms.DateField:
    """A field for a day, as browsers send it."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "This is no date. Write one such as 2026-11-26."},
    )


class RangeForm(forms.Form):
    """`from` and `to`, the last 30 days where nothing is said, and what to `compare` with.

    Subclasses add what the figures are filtered by. Give it the address's query; it is always bound.
    """

    compare = forms.ChoiceField(
        label="Compare with",
        choices=[("", "The period before"), ("year", "The same days a year before")],
        required=False,
    )

    def __init__(self, query: Any) -> None:
        super().__init__(query)
        self.today = school_today()
        if not (self.data.get("from") or self.data.get("to")):
            # So that the form shows which days are meant.
            first = self.today - datetime.timedelta(days=DEFAULT_DAYS - 1)
            self.data = {**{name: self.data.get(name) for name in self.data}, "from": str(first), "to": str(self.today)}
        # One of the two is a word of the language.
        self.fields = {"from": _day("From"), "to": _day("To"), **self.fields}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        last = given.get("to")
        if last is not None and self.today < last <= timezone.localdate():
            # East of the school it is tomorrow already: figures go up to the school's today.
            last = self.today
        for name, day in (("from", given.get("from")), ("to", last)):
            if day is not None and day < EARLIEST:
                self.add_error(name, f"Nothing is older than {EARLIEST.year}. Choose a later day.")
            elif day is not None and day > self.today and not (name == "from" and day <= timezone.localdate()):
                today = date_format(self.today, "F j, Y")
                self.add_error(name, f"This day is yet to come: by the school's clock it is {today}.")
        if not self.errors:
            given["range"] = self._range(given.get("from"), last)
        return given

    def _range(self, first: datetime.date | None, last: datetime.date | None) -> Range:
        """The range that is meant. Raises ValidationError where it is none."""
        last = last or (self.today if first is None else min(self.today, first + datetime.timedelta(days=MOST_DAYS)))
        first = min(first, self.today) if first else last - datetime.timedelta(days=DEFAULT_DAYS - 1)
        if first > last:
            raise ValidationError("The range ends before it begins. Exchange the two days.")
        if (last - first).days >= MOST_DAYS:
            raise ValidationError(f"A range has {MOST_DAYS:,} days at most, some ten years. Choose a shorter one.")
        return Range(first, last)

    @property
    def chosen(self) -> Range:
        """The range. Only where the form is valid."""
        found: Range = self.cleaned_data["range"]
        return found

    @property
    def compared(self) -> Range:
        """The days that it is compared with."""
        return self.chosen.year_before if self.cleaned_data.get("compare") == "year" else self.chosen.before

    @property
    def compared_words(self) -> str:
        """For “rose 12 % on …”."""
        if self.cleaned_data.get("compare") == "year":
            return "the same days a year before"
        return {7: "the week before", 30: "the 30 days before"}.get(self.chosen.days, "the period before")

    def query(self, *without: str, **values: object) -> str:
        """What stands in the address, the range spelled out, less and more what is named; empty values are left out."""
        given: dict[str, object] = {name: self.data.get(name, "") for name in self.fields}
        if self.is_valid():
            given |= {"from": self.chosen.first, "to": self.chosen.last}
        given = {name: value for name, value in given.items() if name not in without} | values
        return urlencode({name: str(value) for name, value in given.items() if value not in ("", None)})

    def presets(self, beginning: datetime.date | None = None) -> Sequence[Preset]:
        """Links to the last 7, 30, 90 and 365 days and, where `beginning` is the first day with anything, to all."""
        ranges = [
            (f"{days} days", Range(self.today - datetime.timedelta(days=days - 1), self.today)) for days in PRESETS
        ]
        if beginning is not None:
            most = self.today - datetime.timedelta(days=MOST_DAYS - 1)
            ranges.append(("All", Range(min(max(beginning, most), self.today), self.today)))
        chosen = self.chosen if self.is_valid() else None
        return [
            Preset(label, self.query(**{"from": one.first, "to": one.last}), one == chosen) for label, one in ranges
        ]
