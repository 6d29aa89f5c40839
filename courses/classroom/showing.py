"""What a session's page shows: to whoever looks at it, and to staff as a student of it would see it."""

from typing import Any

from courses.classroom.meetings.timetable import next_of, timetable
from courses.classroom.recordings.models import Recording
from courses.enrollment.access import Person, now_for, sessions_open_to
from courses.sessions.models import Session


def shown_of(session: Session, person: Person) -> dict[str, Any]:
    """The timetable, announcements and recordings that the page has for the person, by the names in its template."""
    entries, now = timetable(session, person), now_for(person)
    recordings = Recording.objects.open_to(person).filter(meeting__session=session)
    return {
        "past": [entry for entry in entries if entry.meeting.ends_at <= now],
        "coming": [entry for entry in entries if entry.meeting.ends_at > now],
        "next": next_of(entries, now),
        "announcements": session.announcements.visible_to(person).select_related("author"),
        "recordings": recordings.listed(person),
        "missed": set(Recording.objects.missed_by(person).values_list("pk", flat=True)),
        "belongs": sessions_open_to(person).filter(pk=session.pk).exists(),
    }
