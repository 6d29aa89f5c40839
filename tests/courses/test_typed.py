"""What people type stays text: on pages, in mail and its headers, in calendars."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream

from courses.models import CalendarFeed, Caption, Chapter, Enrollment, Mail, Meeting, Order, Recording
from courses.people.tasks import deliver

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"
HARM = ("<script>alert", "<img src=x", 'href="javascript:')


@pytest.fixture
def seated(session, student):
    """The student has a seat that is settled."""
    Enrollment.objects.enroll(student, session)
    Order.objects.update(held_until=None)
    Mail.objects.all().delete()
    return student


@pytest.fixture
def meeting(session) -> Meeting:
    """One that was over an hour ago."""
    ends_at = timezone.now() - datetime.timedelta(hours=1)
    return Meeting.objects.create(
        session=session, title=HOSTILE, room=HOSTILE, ends_at=ends_at, starts_at=ends_at - datetime.timedelta(hours=1)
    )


def test_nothing_that_is_typed_becomes_markup(client, session, seated, meeting, instructor, admin):
    for person in (seated, instructor):
        person.name = HOSTILE
        person.save()
    recording = Recording.objects.create(
        meeting=meeting, title=HOSTILE, created_by=instructor, state="ready", file="x.mp4", published_at=timezone.now()
    )
    Chapter.objects.create(recording=recording, seconds=1, title=HOSTILE)
    # Tags are taken out of what is said, not what is no whole tag out of who says it.
    vtt = f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v <img src=x onerror=alert(1) >{HOSTILE}\n"
    Caption.objects.create(recording=recording, language="en", text=vtt)
    client.force_login(instructor)
    run = f"/teaching/{session.pk}/"
    text = f"{HOSTILE}\n\n[x](javascript:alert(1))\n\n::: question {HOSTILE}\n:::\n\n![a](/x '{HOSTILE}')"
    client.post(f"{run}announcements/", {"title": HOSTILE, "text": text})
    client.post(f"{run}roster/write/", {"people": seated.pk, "subject": HOSTILE, "text": text, "send": "1"})
    shown = {
        seated: ["/", session.get_absolute_url(), f"/recordings/{recording.pk}/", "/orders/"],
        instructor: [f"{run}{tab}" for tab in ("", "meetings/", "attendance/", "roster/", "announcements/", "history/")]
        + [f"{run}recordings/", f"/teaching/recordings/{recording.pk}/"],
        admin: ["/money/", "/people/", "/admin/courses/mail/", "/admin/courses/change/", "/admin/courses/recording/"],
    }
    for person, addresses in shown.items():
        client.force_login(person)
        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200
            assert [harm for harm in HARM if harm in page.content.decode()] == [], address
    assert "&lt;script&gt;alert(1)" in client.get("/admin/courses/mail/").content.decode()
    assert Mail.objects.count() == 2
    assert [harm for letter in Mail.objects.all() for harm in HARM if harm in letter.html] == []
    # As the player reads them they are a text of their own, which no browser takes for a page.
    client.force_login(seated)
    track = client.get(f"/recordings/{recording.pk}/captions/en.vtt")
    assert (track["Content-Type"], track["X-Content-Type-Options"]) == ("text/vtt; charset=utf-8", "nosniff")


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028"])
def test_a_line_end_in_a_subject_begins_no_header(client, session, seated, instructor, end):
    client.force_login(instructor)
    subject = f"Week 1{end}Bcc: evil@example.org"
    run = f"/teaching/{session.pk}/"
    client.post(f"{run}announcements/", {"title": subject, "text": "T"})
    client.post(f"{run}roster/write/", {"people": seated.pk, "subject": subject, "text": "T", "send": "1"})
    deliver()
    assert not Mail.objects.filter(sent_at=None).exists()
    assert [letter.recipients() for letter in mail.outbox] == [[seated.email]] * 2
    for letter in mail.outbox:
        assert letter.message()["Bcc"] is None
        assert letter.subject.startswith(("[Gradus] Week 1", "Week 1"))


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028"])
def test_a_line_end_in_a_meeting_begins_no_line_of_a_calendar(client, seated, meeting, end):
    Meeting.objects.update(title=f"One{end}ATTENDEE:mailto:evil@example.org", room=f"B{end}END:VEVENT")
    text = client.get(f"/calendar/{CalendarFeed.objects.of(seated).token}.ics").content.decode()
    assert [line for line in text.split("\r\n") if line.startswith(("ATTENDEE", "END:VEVENT"))] == ["END:VEVENT"]
    (event,) = IcsCalendarStream.calendar_from_ics(text).events
    assert event.summary.startswith("One")
    assert not event.attendees
