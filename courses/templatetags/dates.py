"""Dates as people read them: {{ at|moment }} is “July 17, 2027, 6:00 PM (New York)”, in the reader's time zone.

{% moments at session.time_zone %} is the session's time, with the reader's beside it where their clocks differ;
{% span meeting.starts_at meeting.ends_at session.time_zone %} the same from start to end.
"""

import datetime
import zoneinfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def moment(at: datetime.datetime) -> str:
    """A point in time in the reader's time zone, named by its city."""
    return moment_in(at, timezone.get_current_timezone_name())


@register.filter
def moment_in(at: datetime.datetime, zone: str) -> str:
    """A point in time as the clocks of an IANA time zone show it."""
    local = at.astimezone(zoneinfo.ZoneInfo(zone))
    return f"{date_format(local, 'F j, Y')}, {clock(local)} ({city_of(zone)})"


@register.filter
def day_in(at: datetime.datetime, zone: str) -> str:
    """The day of a point in time in a time zone, such as “Mon, July 19”."""
    return date_format(at.astimezone(zoneinfo.ZoneInfo(zone)), "D, F j")


@register.simple_tag
def moments(at: datetime.datetime, zone: str) -> SafeString:
    """A point in time in a session's time zone, and beside it in the reader's where their clocks differ."""
    reader = timezone.get_current_timezone_name()
    if clocks_agree(at, zone, reader):
        return format_html("{}", moment_in(at, zone))
    return format_html('{} <small class="beside">{}</small>', moment_in(at, zone), moment_in(at, reader))


@register.simple_tag
def moment_words(at: datetime.datetime, zone: str) -> str:
    """As `moments`, without marks, for a mail."""
    reader = timezone.get_current_timezone_name()
    words = moment_in(at, zone)
    return words if clocks_agree(at, zone, reader) else f"{words}, which is {moment_in(at, reader)}"


@register.simple_tag
def span(starts_at: datetime.datetime, ends_at: datetime.datetime, zone: str) -> SafeString:
    """From start to end in a session's time zone, and beside it in the reader's where their clocks differ."""
    reader = timezone.get_current_timezone_name()
    if clocks_agree(starts_at, zone, reader) and clocks_agree(ends_at, zone, reader):
        return format_html("{}", span_in(starts_at, ends_at, zone))
    own = span_in(starts_at, ends_at, reader)
    return format_html('{} <small class="beside">{}</small>', span_in(starts_at, ends_at, zone), own)


@register.simple_tag
def span_words(starts_at: datetime.datetime, ends_at: datetime.datetime, zone: str) -> str:
    """As `span`, without marks, for a mail."""
    reader = timezone.get_current_timezone_name()
    words = span_in(starts_at, ends_at, zone)
    if clocks_agree(starts_at, zone, reader) and clocks_agree(ends_at, zone, reader):
        return words
    return f"{words}, which is {span_in(starts_at, ends_at, reader)}"


def span_in(starts_at: datetime.datetime, ends_at: datetime.datetime, zone: str) -> str:
    """“Monday, July 19, 2027, 6:00 PM to 8:00 PM (New York)”; the day again where it ends on another one."""
    start, end = (at.astimezone(zoneinfo.ZoneInfo(zone)) for at in (starts_at, ends_at))
    another_day = "" if start.date() == end.date() else f"{date_format(end, 'F j')}, "
    return f"{date_format(start, 'l, F j, Y')}, {clock(start)} to {another_day}{clock(end)} ({city_of(zone)})"


@register.filter
def until(at: datetime.datetime) -> str:
    """How far away it is: “in 25 minutes”, “in 3 hours”, “tomorrow”, “in 2 days”; “now” once it has come."""
    left = at - timezone.now()
    days = (timezone.localtime(at).date() - timezone.localdate()).days
    if left <= datetime.timedelta(0):
        return "now"
    if left < datetime.timedelta(hours=1):
        return _in(int(left.total_seconds()) // 60 + 1, "minute")
    if left < datetime.timedelta(hours=12):
        return _in(round(left.total_seconds() / 3600), "hour")
    if days == 0:
        return "later today"
    return "tomorrow" if days == 1 else _in(days, "day")


def _in(number: int, unit: str) -> str:
    return f"in {number} {unit}{'' if number == 1 else 's'}"


def clocks_agree(at: datetime.datetime, one: str, other: str) -> bool:
    """Whether both zones' clocks show the same at this moment."""
    return at.astimezone(zoneinfo.ZoneInfo(one)).utcoffset() == at.astimezone(zoneinfo.ZoneInfo(other)).utcoffset()


def clock(local: datetime.datetime) -> str:
    """The time of day, “6:00 PM”; with the hour's name, “1:30 AM EDT”, where the clocks show it twice that day."""
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return date_format(local, "g:i A") + (f" {local:%Z}" if twice else "")


@register.filter("city")
def city_of(zone: str) -> str:
    """“New York” of America/New_York."""
    return zone.rpartition("/")[2].replace("_", " ")
