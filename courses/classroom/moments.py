"""A day and a time of day in one field of a form, as the clocks of a session's time zone show them."""

import datetime
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from courses.classroom.meetings.models import wall_time
from courses.sessions.models import validate_day


class MomentField(forms.Field):
    """Gives a moment, or None where it is empty; of an hour that the clocks show twice, the first, or the later one."""

    def __init__(self, zone: str, *, later: bool = False, **options: Any) -> None:
        super().__init__(widget=forms.DateTimeInput({"type": "datetime-local"}), **options)
        self.zone, self.later = zone, later

    def prepare_value(self, value: Any) -> Any:
        return written(value, self.zone) if isinstance(value, datetime.datetime) else value

    def to_python(self, value: Any) -> datetime.datetime | None:
        return read(value, self.zone, later=self.later) if value else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something else was typed than what the field showed, which tells no seconds."""
        return (self.prepare_value(initial) or "") != (data or "")


def written(at: datetime.datetime, zone: str) -> str:
    """The moment on the clocks of the zone, to the minute, as browsers write it: “2027-03-09T18:00”."""
    return f"{at.astimezone(zoneinfo.ZoneInfo(zone)):%Y-%m-%dT%H:%M}"


def read(text: str, zone: str, *, later: bool = False) -> datetime.datetime:
    """The moment that is written so; which one, where the clocks show it twice. Raises ValidationError."""
    try:
        local = datetime.datetime.fromisoformat(str(text).strip())
    except ValueError:
        local = None
    if local is None or local.tzinfo is not None:
        raise ValidationError("Write a day and a time of day, such as 2027-03-09T18:00.")
    validate_day(local.date())
    return wall_time(local.date(), local.time(), zone, later=later)
