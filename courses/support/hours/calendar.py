"""Office hours in people's calendars: what a student has booked, and what staff have opened."""

from collections.abc import Iterator

from django.urls import reverse

from courses.classroom.calendar.appointments import Appointment
from courses.people.models import User
from courses.support.hours.bookings import Booking
from courses.support.hours.models import OfficeHour


def appointments_of(person: User) -> Iterator[Appointment]:
    """Those that the person has booked, and those of which they are the host, booked or such as can be."""
    booked = Booking.objects.live().filter(student=person, hour__in=OfficeHour.objects.held())
    for booking in booked.select_related("hour__host", "hour__session__course"):
        hour = booking.hour
        page = hour.get_absolute_url()
        yield appointment(hour, f"booking-{booking.pk}", f"Office hour with {hour.host}", booking.about, page)
    gone = OfficeHour.objects.left_by_host().filter(booked=0)
    own = OfficeHour.objects.held().filter(host=person).exclude(pk__in=gone)
    for hour in own.select_related("session__course").with_people():
        who = ", ".join(str(booking.student) for booking in hour.people)
        about = "\n".join(map(str, hour.people))
        page = reverse("session_hours", args=[hour.session_id])
        yield appointment(hour, f"office-hour-{hour.pk}", f"Office hour: {who or 'not booked'}", about, page)


def appointment(hour: OfficeHour, name: str, summary: str, about: str, page: str) -> Appointment:
    """An office hour as somebody's appointment; the way in is on its page, since others may know the calendar."""
    session = hour.session
    return Appointment(
        name=name, summary=summary, description="\n".join(filter(None, [f"{session.course}, {session.where}", about])),
        starts_at=hour.starts_at, ends_at=hour.ends_at, time_zone=session.time_zone,
        where=hour.where, url=page, sequence=hour.sequence, changed_at=hour.changed_at,
    )  # fmt: skip
