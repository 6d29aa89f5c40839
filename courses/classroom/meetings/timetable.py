"""A session's timetable as pages show it: each meeting with the lectures that it covers, in the course's order."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from courses.catalog.models import SectionLecture
from courses.classroom.meetings.models import Meeting, MeetingQuerySet
from courses.classroom.outline import readable_by
from courses.enrollment.access import Opening, Person, openings_for, sessions_of
from courses.sessions.models import Session


@dataclass(frozen=True)
class Entry:
    """A meeting with its lectures' places in the course; those in `readable` are links for the person.

    opens : when those open that the person cannot read yet.
    """

    meeting: Meeting
    places: tuple[SectionLecture, ...]
    readable: frozenset[int] = frozenset()
    opens: Mapping[int, Opening] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.meeting)


def timetable(session: Session, person: Person) -> list[Entry]:
    """All meetings of the session, canceled ones too, by time."""
    return entries(session.meetings.all(), person)


def entries(meetings: MeetingQuerySet, person: Person) -> list[Entry]:
    """These meetings."""
    readable, opens = readable_by(person), openings_for(person)
    return [Entry(meeting, tuple(meeting.places), readable, opens) for meeting in meetings.named()]


def next_of(timetable: Iterable[Entry], now: datetime.datetime) -> Entry | None:
    """The first that is not over at this moment, and takes place."""
    return next((one for one in timetable if one.meeting.ends_at > now and not one.meeting.is_canceled), None)


def entry_of(meeting: Meeting, person: Person) -> Entry:
    """One meeting."""
    return entries(Meeting.objects.filter(pk=meeting.pk), person)[0]


def next_classes(person: Person, most: int = 5) -> list[Entry]:
    """What comes next in the sessions that are the person's own."""
    own = sessions_of(person)
    meetings = Meeting.objects.to_come().filter(session__in=own)
    chosen = list(meetings.values_list("pk", flat=True)[:most])
    return entries(meetings.filter(pk__in=chosen), person)
