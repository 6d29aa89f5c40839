"""Watching: who may, from where it goes on, what else is shown, and what one missed."""

import datetime

import pytest
from django.utils import timezone

from courses.models import (
    Attendance,
    Caption,
    Chapter,
    Enrollment,
    Lecture,
    Meeting,
    Recording,
    Section,
    SectionLecture,
    Viewing,
)  # fmt: skip
from tests.courses.recordings.test_editing import CAPTIONS


@pytest.fixture
def watching(client, attendee):
    client.force_login(attendee)
    return client


def page(client, recording, query=""):
    return client.get(f"/recordings/{recording.pk}/{query}").content.decode()


def note(client, recording, seconds):
    return client.post(f"/recordings/{recording.pk}/position/", {"seconds": seconds})


@pytest.mark.parametrize(
    ("who", "draft", "after"),
    [("attendee", 404, 200), ("other", 404, 404), ("assistant", 200, 200), ("instructor", 200, 200),
     ("stranger", 404, 404), ("admin", 200, 200)],
)  # fmt: skip
def test_those_of_the_session_watch_what_is_published_and_staff_also_drafts(request, client, ready, who, draft, after):
    client.force_login(request.getfixturevalue(who))
    addresses = [f"/recordings/{ready.pk}/{rest}" for rest in ("", "link/", "captions/en.vtt")]
    Caption.objects.create(recording=ready, language="en", text=CAPTIONS)
    assert [client.get(address).status_code for address in addresses] == [draft] * 3
    assert note(client, ready, 5).status_code == (204 if draft == 200 else draft)
    Recording.objects.update(published_at=timezone.now())
    assert [client.get(address).status_code for address in addresses] == [after] * 3


def test_a_seat_that_is_given_back_opens_nothing(watching, published):
    Enrollment.objects.update(withdrawn_at=timezone.now())
    assert watching.get(f"/recordings/{published.pk}/").status_code == 404


def test_a_recording_goes_on_where_one_stopped(watching, published, attendee):
    assert "Go on at" not in page(watching, published)
    assert note(watching, published, 42).status_code == 204
    shown = page(watching, published)
    assert "Go on at 0:42" in shown
    assert "#t=42" in shown
    assert 'href="?t=0"' in shown
    # A place that the address names goes before.
    assert "#t=10" in page(watching, published, "?t=10")
    assert "#t=" not in page(watching, published, "?t=0")
    assert note(watching, published, 57).status_code == 204  # 95 % of a minute
    viewing = Viewing.objects.get()
    assert (viewing.person, viewing.finished_at is not None) == (attendee, True)
    assert "✓ Watched" in page(watching, published)
    assert "Go on at" not in page(watching, published)
    # Looking at a place again does not take that back; no place is behind the end.
    note(watching, published, 3)
    note(watching, published, 99_999)
    viewing.refresh_from_db()
    assert (viewing.seconds, viewing.finished_at is not None) == (60, True)


@pytest.mark.parametrize("seconds", ["-1", "soon", "", "1.5", "9" * 30, "²"])
def test_a_position_that_is_none_is_refused(watching, published, seconds):
    assert note(watching, published, seconds).status_code == 400
    assert not Viewing.objects.exists()


def test_captions_are_tracks_and_a_transcript(watching, published):
    Caption.objects.create(recording=published, language="en", text=CAPTIONS)
    shown = page(watching, published)
    assert (
        f'<track kind="captions" srclang="en" label="English" src="/recordings/{published.pk}/captions/en.vtt">'
        in shown
    )
    assert "<span>Ida: Welcome to week 1.</span>" in shown
    assert '<a href="?t=5" data-seconds="5" class="number">0:05</a> <span>δ is the error.</span>' in shown
    track = watching.get(f"/recordings/{published.pk}/captions/en.vtt")
    assert (track["Content-Type"], track.content.decode()) == ("text/vtt; charset=utf-8", CAPTIONS)
    assert watching.get(f"/recordings/{published.pk}/captions/de.vtt").status_code == 404


def test_a_recording_elsewhere_is_a_link_that_one_marks_as_watched(watching, new_recording):
    linked = new_recording(external_url="https://example.org/watch", published_at=timezone.now())
    shown = page(watching, linked)
    assert 'href="https://example.org/watch" target="_blank" rel="noopener noreferrer"' in shown
    assert "<video" not in shown
    assert watching.get(f"/recordings/{linked.pk}/link/").status_code == 404
    watching.post(f"/recordings/{linked.pk}/position/", {"watched": "yes"})
    assert Viewing.objects.get().finished_at is not None
    assert "I have watched it" not in page(watching, linked)


@pytest.fixture
def lecture(course):
    lecture = Lecture.objects.create(slug="back-propagation", title="Back-propagation", body="δ")
    section = Section.objects.create(course=course, slug="s", title="S", position=1)
    SectionLecture.objects.create(course=course, section=section, lecture=lecture, position=1)
    return lecture


def test_chapters_lead_to_lectures_and_lectures_to_chapters(
    watching, client, published, lecture, instructor, new_recording
):
    Chapter.objects.create(recording=published, seconds=30, title="Where δ comes from", lecture=lecture)
    draft = new_recording(title="Draft")
    Chapter.objects.create(recording=draft, seconds=1, title="Not yet shown", lecture=lecture)
    shown = page(watching, published)
    assert '<a href="?t=30" data-seconds="30"><span class="number">0:30</span> Where δ comes from</a>' in shown
    assert '<a href="/courses/networks/lectures/back-propagation/">1.1 Back-propagation</a>' in shown
    reading = watching.get("/courses/networks/lectures/back-propagation/").content.decode()
    assert f'<a href="/recordings/{published.pk}/?t=30">Where δ comes from</a>' in reading
    assert "at 0:30 of Week 1, first half" in reading
    assert "Not yet shown" not in reading
    client.force_login(instructor)
    assert "Not yet shown" in client.get("/courses/networks/lectures/back-propagation/").content.decode()


# --- what one missed ---------------------------------------------------------------------------------


def test_who_missed_a_meeting_sees_what_to_watch(watching, published, session, attendee):
    for address in ("/", session.get_absolute_url()):
        assert f'href="/recordings/{published.pk}/"' in watching.get(address).content.decode()
    assert "you missed this meeting" in watching.get(session.get_absolute_url()).content.decode()
    note(watching, published, 42)
    assert "goes on at 0:42" in watching.get("/").content.decode()
    note(watching, published, 60)
    assert "To watch" not in watching.get("/").content.decode()


@pytest.mark.parametrize(
    ("attendance", "missed"),
    [
        (None, True),
        ({"status": "absent"}, True),
        ({"status": "excused"}, True),
        ({"status": ""}, True),
        ({"status": "present"}, False),
        ({"status": "late"}, False),
        ({"joined_at": timezone.now()}, False),
        ({"status": "absent", "joined_at": timezone.now()}, False),
    ],
)
def test_only_who_was_not_there_missed_it(published, meeting, attendee, other, attendance, missed):
    Attendance.objects.create(meeting=meeting, person=other, status="present")
    if attendance is not None:
        Attendance.objects.create(meeting=meeting, person=attendee, **attendance)
    assert Recording.objects.missed_by(attendee).exists() == missed
    assert not Recording.objects.missed_by(other).exists()


def test_nobody_misses_drafts_meetings_to_come_or_canceled_ones(ready, meeting, attendee):
    assert not Recording.objects.missed_by(attendee).exists()
    Recording.objects.update(published_at=timezone.now())
    assert Recording.objects.missed_by(attendee).exists()
    Meeting.objects.update(canceled_at=timezone.now())
    assert not Recording.objects.missed_by(attendee).exists()
    Meeting.objects.update(canceled_at=None, ends_at=timezone.now() + datetime.timedelta(hours=1))
    assert not Recording.objects.missed_by(attendee).exists()


def test_a_visitor_sees_no_recordings_on_the_sessions_page(client, published, session):
    assert "Week 1, first half" not in client.get(session.get_absolute_url()).content.decode()
