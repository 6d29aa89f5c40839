"""Meetings, and what else people have to come to, as iCalendar (RFC 5545)."""

import datetime
import unicodedata
import zoneinfo
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vDuration

from courses.classroom.calendar.appointments import Appointment
from courses.classroom.meetings.timetable import Entry

# How often programs ask again.
REFRESH = datetime.timedelta(hours=1)


def calendar_of(
    entries: Iterable[Entry], name: str, open_to: frozenset[int], appointments: Iterable[Appointment] = ()
) -> bytes:
    """A calendar with an event for each meeting, canceled ones too, and for each appointment.

    open_to : the sessions, by key, whose rooms and join pages the calendar may tell.
    """
    calendar = Calendar()
    for key, value in {
        "prodid": "-//Gradus//Timetable//EN", "version": "2.0", "method": "PUBLISH", "name": name, "x-wr-calname": name,
    }.items():  # fmt: skip
        calendar.add(key, value)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    times = []
    for entry in entries:
        calendar.add_component(event_of(entry, entry.meeting.session_id in open_to))
        times += [entry.meeting.starts_at, entry.meeting.ends_at]
    for appointment in appointments:
        calendar.add_component(event_of_appointment(appointment))
        times += [appointment.starts_at, appointment.ends_at]
    if times:
        # Zones need to be right from the year before the first event to the one after the last.
        first, last = min(times).year - 1, max(times).year + 2
        calendar.add_missing_timezones(datetime.date(first, 1, 1), datetime.date(last, 1, 1))
    return calendar.to_ical()


def event_of(entry: Entry, belongs: bool) -> Event:
    """A meeting as an event, whose UID stays and whose sequence counts its changes."""
    meeting, session = entry.meeting, entry.meeting.session
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", meeting.sequence + (session.canceled_at is not None))
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", max(filter(None, (meeting.changed_at, session.canceled_at))))
    event.add("dtstart", in_zone(meeting.starts_at, session.time_zone))
    event.add("dtend", in_zone(meeting.ends_at, session.time_zone))
    event.add("summary", printable(f"{'Canceled: ' if meeting.is_canceled else ''}{entry.name}"))
    event.add("status", "CANCELLED" if meeting.is_canceled else "CONFIRMED")  # codespell:ignore cancelled
    covered = [f"Lecture: {place}" for place in entry.places]
    event.add("description", printable("\n".join([f"{session.course}, {session.where}", *covered])))
    joins = belongs and meeting.join_url and not meeting.is_canceled
    address = settings.SITE_URL + (meeting.join_address if joins else meeting.get_absolute_url())
    event.add("url", address)
    places = [meeting.room if belongs else "", address if joins else ""]
    if where := ", ".join(filter(None, places)) or session.place:
        event.add("location", printable(where))
    return event


def event_of_appointment(appointment: Appointment) -> Event:
    """An appointment as an event; what no longer takes place is simply not there."""
    event = Event()
    event.add("uid", f"{appointment.name}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", appointment.changed_at)
    event.add("last-modified", appointment.changed_at)
    event.add("dtstart", in_zone(appointment.starts_at, appointment.time_zone))
    event.add("dtend", in_zone(appointment.ends_at, appointment.time_zone))
    event.add("summary", printable(appointment.summary))
    event.add("status", "CONFIRMED")
    event.add("description", printable(appointment.description))
    event.add("url", settings.SITE_URL + appointment.url)
    if appointment.where:
        event.add("location", printable(appointment.where))
    return event


def printable(text: str) -> str:
    """Without control characters: the standard forbids them, and programs refuse the whole calendar for one."""
    return "".join(c if c == "\n" or unicodedata.category(c) != "Cc" else " " for c in text)


def in_zone(at: datetime.datetime, zone: str) -> datetime.datetime:
    """The moment on the clocks of a zone; in UTC where these show it twice, since a calendar would take the first."""
    local = at.astimezone(zoneinfo.ZoneInfo(zone))
    return at.astimezone(datetime.UTC) if local.fold else local
