"""When the lectures of a session open: a date beside each, and a helper that fills them in one after another."""

import datetime
import zoneinfo
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from courses.catalog.models import Lecture, Section, SectionLecture
from courses.classroom.moments import MomentField, written
from courses.classroom.progress import path
from courses.classroom.teaching.duplicating import shifted
from courses.sessions.models import Session, day
from courses.sessions.releases import LectureRelease, check_within
from courses.templatetags.dates import moment_in


class Row(NamedTuple):
    """A lecture on the page, and when it opens; `field` is None for a sample, which is open to everybody.

    was : what the field shows of `kept`.
    """

    place: SectionLecture
    field: forms.BoundField | None
    kept: datetime.datetime | None
    was: str


class ReleasesForm(forms.Form):
    """Each lecture's date, as the session's clocks show it. What was sent is kept where it is refused.

    Beside each date the page says which one it showed, so that what others changed meanwhile is not undone unseen.
    """

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.places = path(session.course)
        self.samples = set(session.course.lectures.filter(sample=True).values_list("pk", flat=True))
        kept = LectureRelease.objects.filter(session=session)
        self.kept: dict[int, datetime.datetime] = dict(kept.values_list("lecture", "opens_at"))
        for place in self.dated:
            at = self.kept.get(place.lecture_id)
            self.fields[name_of(place)] = MomentField(
                session.time_zone, required=False, label=f"{place} opens", initial=at
            )

    @property
    def dated(self) -> list[SectionLecture]:
        """The lectures that can have a date."""
        return [place for place in self.places if place.lecture_id not in self.samples]

    @property
    def sections(self) -> list[tuple[Section, list[Row]]]:
        """In the order in which the lectures are taken."""
        found: dict[Section, list[Row]] = {}
        for place in self.places:
            field = self[name_of(place)] if name_of(place) in self.fields else None
            row = Row(place, field, self.kept.get(place.lecture_id), self.shown(place))
            found.setdefault(place.section, []).append(row)
        return list(found.items())

    def shown(self, place: SectionLecture) -> str:
        """The date that is kept of a lecture, as its field shows it."""
        at = self.kept.get(place.lecture_id)
        return written(at, self.session.time_zone) if at else ""

    def clean(self) -> dict[str, Any]:
        """Leaves in `dates` what the person changed."""
        self.dates: dict[Lecture, datetime.datetime | None] = {}
        for place in self.dated:
            name = name_of(place)
            was, typed = self.data.get(f"was-{name}", self.shown(place)), self.data.get(name, "")
            if typed == was or name in self.errors:
                continue
            opens_at = self.cleaned_data[name]
            if was != self.shown(place) != typed:
                now = moment_in(self.kept[place.lecture_id], self.session.time_zone) if self.shown(place) else "no date"
                self.add_error(name, f"Somebody else has set it to {now} meanwhile. Save again to have yours.")
                continue
            try:
                if opens_at is not None:
                    check_within(self.session, opens_at)
            except ValidationError as refused:
                self.add_error(name, refused)
            self.dates[place.lecture] = opens_at
        return self.cleaned_data


class FillForm(forms.Form):
    """One lecture every so many days, at the same time of day; those not yet written are left out."""

    every = forms.IntegerField(label="Days from one to the next", min_value=1, max_value=90)

    def __init__(self, form: ReleasesForm, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = form.session
        self.places = [place for place in form.dated if place.lecture.written]
        self.fields["first"] = MomentField(
            self.session.time_zone, label="The first one opens", initial=f"{self.session.starts_on}T09:00"
        )
        days = (self.session.ends_on - self.session.starts_on).days
        self.fields["every"].initial = max(1, min(7, days // max(1, len(self.places) - 1)))
        self.order_fields(["first", "every"])

    def clean(self) -> dict[str, Any]:
        """Leaves in `filled` what is to stand in the dates, by their names."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"first", "every"} <= set(cleaned) and self.is_within(cleaned["first"], cleaned["every"]):
            first = cleaned["first"].astimezone(zoneinfo.ZoneInfo(self.session.time_zone))
            shifts = (datetime.timedelta(days=cleaned["every"] * number) for number in range(len(self.places)))
            moments = [shifted(first, shift)[0] for shift in shifts]
            self.filled = {
                name_of(place): written(at, self.session.time_zone)
                for place, at in zip(self.places, moments, strict=True)
            }
        return cleaned

    def is_within(self, first: datetime.datetime, every: int) -> bool:
        """Whether all of it is within the session's days; False, with an error at the field, where it is not."""
        try:
            check_within(self.session, first)
        except ValidationError as refused:
            self.add_error("first", refused)
            return False
        days = (self.session.ends_on - first.astimezone(zoneinfo.ZoneInfo(self.session.time_zone)).date()).days
        steps = len(self.places) - 1
        if steps * every > days:
            most = f"At most {days // steps} days fit." if days >= steps else "Let the first one open earlier."
            said = f"{len(self.places)} lectures would open until after the last day, {day(self.session.ends_on)}."
            self.add_error("every", f"{said} {most}")
            return False
        return True


def name_of(place: SectionLecture) -> str:
    """The name of a lecture's field."""
    return f"opens-{place.lecture_id}"
