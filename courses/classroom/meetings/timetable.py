"""A session's timetable as pages show it: each meeting with the lectures that it covers, in the course's order."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.catalog.models import SectionLecture
from courses.classroom.meetings.models import Meeting, MeetingQuerySet
from courses.enrollment.access import Person, lectures_for, sessions_of
from courses.sessions.models import Session


@dataclass(frozen=True)
class Entry:
    """A meeting with its lectures' places in the course; those in `readable` are links for the person."""

    meeting: Meeting
    places: tuple[SectionLecture, ...]
    readable: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        return str(self.meeting)


def timetable(session: Session, person: Person) -> list[Entry]:
    """All meetings of the session, canceled ones too, by time."""
    return entries(session.meetings.all(), person)


def entries(meetings: MeetingQuerySet, person: Person) -> list[Entry]:
    """These meetings."""
    readable = frozenset(lectures_for(person).filter(written=True).values_list("pk", flat=True))
    return [Entry(meeting, tuple(meeting.places), readable) for meeting in meetings.named()]


def next_of(timetable: Iterable[Entry]) -> Entry | None:
    """The first that is not over yet, and takes place."""
    return next((entry for entry in timetable if not (entry.meeting.is_over or entry.meeting.is_canceled)), None)


def entry_of(meeting: Meeting, person: Person) -> Entry:
    """One meeting."""
    return entries(Meeting.objects.filter(pk=meeting.pk), person)[0]


def next_classes(person: Person, most: int = 5) -> list[Entry]:
    """What comes next in the sessions that are the person's own."""
    own = sessions_of(person)
    meetings = Meeting.objects.to_come().filter(session__in=own)
    chosen = list(meetings.values_list("pk", flat=True)[:most])
    return entries(meetings.filter(pk__in=chosen), person)
