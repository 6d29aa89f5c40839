"""Recordings by the API: added, described, published and deleted by programs of those who teach."""

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from courses.models import Change, Chapter, Lecture, Meeting, Recording
from tests.courses.recordings.conftest import token_of
from tests.courses.recordings.test_editing import CAPTIONS, lecture  # noqa: F401 - a fixture

API = "/api/v1/recordings/"


def program_of(person):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=token_of(person)["Authorization"])
    return client


@pytest.fixture
def teaching(instructor):
    return program_of(instructor)


def test_a_recording_is_added_described_and_published(teaching, meeting, attendee, lecture):  # noqa: F811
    added = teaching.post(API, {"meeting": meeting.pk, "external_url": "https://example.org/1"}, format="json")
    assert (added.status_code, added.json()["state"], added.json()["name"]) == (201, "empty", "Week 1")
    address = f"{API}{added.json()['id']}/"
    chapters = [{"seconds": 5, "title": "δ", "lecture": "back-propagation"}, {"seconds": 0, "title": "Hello"}]
    changed = teaching.patch(address, {"title": "All of week 1", "chapters": chapters}, format="json").json()
    assert changed["title"] == "All of week 1"
    assert [(c["seconds"], c["lecture"]) for c in changed["chapters"]] == [(0, None), (5, "back-propagation")]
    student = program_of(attendee)
    assert student.get(API).json()["count"] == 0
    assert teaching.post(f"{address}publish/").json()["published_at"] is not None
    assert student.get(API).json()["results"][0]["page"] == f"/recordings/{added.json()['id']}/"
    assert teaching.delete(address).status_code == 409
    assert teaching.patch(address, {"external_url": ""}, format="json").status_code == 409
    assert teaching.post(f"{address}draft/").json()["published_at"] is None
    assert teaching.delete(address).status_code == 204
    assert (Recording.objects.count(), Chapter.objects.count()) == (0, 0)
    assert Change.objects.first().what == "deleted the recording “All of week 1”"


def test_captions_are_set_and_read(teaching, published, attendee):
    address = f"{API}{published.pk}/captions/"
    assert teaching.put(address, {"language": "en", "text": CAPTIONS}, format="json").status_code == 200
    wrong = teaching.put(address, {"language": "en", "text": "WEBVTT\n\nHi\n"}, format="json")
    assert (wrong.status_code, "Line 3" in wrong.json()["errors"]["text"][0]) == (400, True)
    student = program_of(attendee)
    assert student.get(address).json() == [{"language": "en", "text": CAPTIONS}]
    assert student.get(f"{API}{published.pk}/").json()["languages"] == ["en"]
    assert student.put(address, {"language": "en", "text": CAPTIONS}, format="json").status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"external_url": "javascript:alert(1)"},
        {"external_url": "ftp://example.org/1"},
        {"chapters": [{"seconds": 1, "title": "A"}, {"seconds": 1, "title": "B"}]},
        {"chapters": [{"seconds": -1, "title": "A"}]},
        {"chapters": [{"seconds": 1, "title": "A", "lecture": "nothing"}]},
    ],
)
def test_what_cannot_be_taken_changes_nothing(teaching, recording, given):
    assert teaching.patch(f"{API}{recording.pk}/", given, format="json").status_code == 400
    recording.refresh_from_db()
    assert (recording.external_url, recording.chapters.count()) == ("", 0)


def test_a_chapter_is_about_a_lecture_of_the_course(teaching, meeting, recording, lecture):  # noqa: F811
    Lecture.objects.create(slug="foreign", title="Of another course")
    chapters = [{"seconds": at, "title": slug, "lecture": slug} for at, slug in enumerate([lecture.slug, "foreign"])]
    for refused in (
        teaching.patch(f"{API}{recording.pk}/", {"title": "T", "chapters": chapters}, format="json"),
        teaching.post(API, {"meeting": meeting.pk, "chapters": chapters}, format="json"),
    ):
        assert (refused.status_code, refused.json()["errors"]) == (400, {"chapters": ["Not of this course: foreign."]})
    recording.refresh_from_db()
    assert (recording.title, Recording.objects.count(), Chapter.objects.count()) == ("Week 1, first half", 1, 0)
    added = teaching.post(API, {"meeting": meeting.pk, "chapters": chapters[:1]}, format="json")
    assert (added.status_code, Chapter.objects.get().lecture) == (201, lecture)


def test_only_a_meeting_that_has_begun_and_takes_place_is_recorded(teaching, meeting):
    now = timezone.now()
    Meeting.objects.update(starts_at=now + timezone.timedelta(hours=1), ends_at=now + timezone.timedelta(hours=2))
    assert teaching.post(API, {"meeting": meeting.pk}, format="json").status_code == 400
    Meeting.objects.update(starts_at=now - timezone.timedelta(hours=1), canceled_at=now)
    assert teaching.post(API, {"meeting": meeting.pk}, format="json").status_code == 400
    assert not Recording.objects.exists()


def test_a_recording_stays_with_its_meeting_and_session(teaching, session, new_session, recording):
    now = timezone.now()
    times = {"starts_at": now, "ends_at": now + timezone.timedelta(hours=1)}
    later, foreign = session.meetings.create(**times), new_session("other").meetings.create(**times)
    for meeting in (later, foreign):
        assert teaching.patch(f"{API}{recording.pk}/", {"meeting": meeting.pk}, format="json").status_code == 400
    assert teaching.post(API, {"meeting": foreign.pk}, format="json").status_code == 400
    assert Recording.objects.count() == 1
