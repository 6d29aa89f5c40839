"""When an office hour can be: to come, on a day of its session, and with nobody at two places at once."""

import zoneinfo
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from courses.people.models import User
from courses.sessions.models import day
from courses.support.hours.bookings import Booking
from courses.templatetags.dates import span_in

if TYPE_CHECKING:
    from courses.support.hours.models import OfficeHour


def check_times(hour: "OfficeHour") -> None:
    """Refuse times that cannot be; those whose time it takes are locked. Raises ValidationError by field."""
    session, zone = hour.session, hour.session.time_zone
    if session.canceled_at is not None:
        raise ValidationError("This session is canceled. Nothing more can be planned in it.")
    if hour.has_begun:
        raise ValidationError({"starts_at": "This is past. Choose a time to come."})
    first, last = (at.astimezone(zoneinfo.ZoneInfo(zone)).date() for at in (hour.starts_at, hour.ends_at))
    if not session.starts_on <= first <= last <= session.ends_on:
        from_to = f"{day(session.starts_on)} to {day(session.ends_on)}"
        said = f"The session runs from {from_to}, and this is outside of it. Choose another day."
        raise ValidationError({"starts_at": said})
    for whose, other in _busy(hour):
        when = span_in(other.starts_at, other.ends_at, zone)
        raise ValidationError({"starts_at": f"{whose} has another office hour then: {when}. Choose another time."})


def _busy(hour: "OfficeHour") -> "Iterator[tuple[User, OfficeHour]]":
    """Whom of those concerned another office hour takes at the same time."""
    others = type(hour).objects.at_once_with(hour).select_related("session")
    yield from ((hour.host, other) for other in others.filter(host=hour.host_id))
    if hour.pk:
        students = Booking.objects.live().filter(hour=hour).values("student")
        same = Booking.objects.live().filter(hour__in=others, student__in=students)
        yield from ((booking.student, booking.hour) for booking in same.select_related("student", "hour"))
