"""The pages on which staff keep recordings."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from courses.classroom.recordings.models import recording_storage
from courses.classroom.recordings.uploads import Upload
from courses.classroom.tasks import check_uploads
from courses.models import (
    Caption,
    Change,
    Chapter,
    Course,
    Enrollment,
    Lecture,
    Mail,
    Order,
    Recording,
    Section,
    SectionLecture,
)  # fmt: skip

CAPTIONS = (
    "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ida>Welcome to <b>week 1</b>.\n\n00:05.000 --> 00:09.000\nδ is the error.\n"
)


@pytest.fixture
def teaching(client, instructor):
    client.force_login(instructor)
    return client


@pytest.fixture
def lecture(course):
    lecture = Lecture.objects.create(slug="back-propagation", title="Back-propagation", body="δ")
    section = Section.objects.create(course=course, slug="s", title="S", position=1)
    SectionLecture.objects.create(course=course, section=section, lecture=lecture, position=1)
    return lecture


def address(recording, rest=""):
    return f"/teaching/recordings/{recording.pk}/{rest}"


def rows(*chapters, **fields):
    """The page's form with these chapters: (from, title, lecture's key)."""
    data = {
        "chapters-TOTAL_FORMS": len(chapters),
        "chapters-INITIAL_FORMS": 0,
        "title": "",
        "external_url": "",
        **fields,
    }
    for number, (at, title, lecture) in enumerate(chapters):
        data |= {
            f"chapters-{number}-seconds": at,
            f"chapters-{number}-title": title,
            f"chapters-{number}-lecture": lecture,
        }
    return data


def text(response):
    return response.content.decode()


def test_recordings_are_listed_by_meeting_with_their_state_and_the_quota(teaching, session, ready, new_recording):
    empty = new_recording(title="Second half")
    refused = new_recording(title="Third", state="refused", refusal="The file is no video.")
    Upload.objects.begin(ready.created_by, empty, length=1000, file_name="a.mp4").part.write_bytes(b"x" * 420)
    page = text(teaching.get(f"/teaching/{session.pk}/recordings/"))
    assert page.index("Week 1") < page.index("first half") < page.index("Second half")
    assert "Being uploaded, 42 %" in page
    assert "The file is no video." in page
    assert f"{refused}" in page
    assert "of 100.0\xa0GB are used" in page


def test_a_session_without_meetings_says_how_to_begin(teaching, session):
    page = text(teaching.get(f"/teaching/{session.pk}/recordings/"))
    assert "Recordings will be here, by meeting" in page
    assert f"/teaching/{session.pk}/meetings/" in page


def test_a_recording_is_added_to_a_meeting(teaching, session, meeting):
    page = f"/teaching/{session.pk}/recordings/"
    done = teaching.post(page, {"meeting": meeting.pk, "title": "", "external_url": "https://example.org/watch?v=1"})
    added = Recording.objects.get()
    assert done["Location"] == address(added)
    assert (str(added), added.is_published, added.external_url) == ("Week 1", False, "https://example.org/watch?v=1")
    assert Change.objects.get().what == "added the recording “Week 1”"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/a.mp4", "file:///etc/passwd", "https://"])
def test_a_link_leads_to_the_web_and_nowhere_else(teaching, session, meeting, recording, link):
    refused = teaching.post(f"/teaching/{session.pk}/recordings/", {"meeting": meeting.pk, "external_url": link})
    assert refused.status_code == 400
    assert teaching.post(address(recording), rows(external_url=link)).status_code == 400
    assert Recording.objects.get().external_url == ""


def test_a_meeting_of_another_session_cannot_be_named(teaching, session, new_session):
    other = new_session("other").meetings.create(
        starts_at=timezone.now(), ends_at=timezone.now() + timezone.timedelta(1)
    )
    refused = teaching.post(f"/teaching/{session.pk}/recordings/", {"meeting": other.pk})
    assert (refused.status_code, Recording.objects.count()) == (400, 0)


def test_assistants_read_and_change_nothing(client, assistant, session, meeting, ready):
    client.force_login(assistant)
    page = text(client.get(address(ready)))
    assert "Watch it" in page
    assert "<button" not in page
    assert "<button" not in text(client.get(f"/teaching/{session.pk}/recordings/"))
    for rest in ("", "upload/", "give-up/", "captions/", "publish/", "delete/"):
        assert client.post(address(ready, rest)).status_code == 404
    assert client.post(f"/teaching/{session.pk}/recordings/", {"meeting": meeting.pk}).status_code == 404


# --- chapters and title ------------------------------------------------------------------------------


def test_chapters_are_set_by_rows(teaching, recording, lecture):
    filled = rows(("1:02:03", "", lecture.pk), ("12:34", "The idea", ""), ("", "", ""), title="The whole")
    assert teaching.post(address(recording), filled).status_code == 302
    assert list(Chapter.objects.values_list("seconds", "title", "lecture")) == [
        (754, "The idea", None),
        (3723, "Back-propagation", lecture.pk),
    ]
    recording.refresh_from_db()
    assert recording.title == "The whole"
    page = text(teaching.get(address(recording)))
    assert 'value="12:34"' in page
    assert 'value="1:02:03"' in page
    teaching.post(address(recording), rows(("12:34", "The idea", ""), title="The whole"))
    assert [chapter.title for chapter in Chapter.objects.all()] == ["The idea"]
    assert Change.objects.first().values["chapters"] == ["12:34 The idea · 1:02:03 Back-propagation", "12:34 The idea"]


@pytest.mark.parametrize(
    ("chapters", "why"),
    [
        ([("soon", "A", "")], "“soon” is no place in a recording. Write minutes and seconds"),
        ([("1:75", "A", "")], "has more than 59 seconds"),
        ([("", "A", "")], "Say where the chapter begins"),
        ([("1:00", "", "")], "Give the chapter a title, or a lecture"),
        ([("1:00", "A", ""), ("60", "B", "")], "Another chapter begins at 1:00, too."),
        ([("1:00", "A", "99")], "Select a valid choice"),
    ],
)
def test_rows_that_cannot_be_taken_say_why_and_keep_what_was_typed(teaching, recording, chapters, why):
    refused = teaching.post(address(recording), rows(*chapters, title="Typed"))
    assert refused.status_code == 400
    assert why in text(refused)
    assert 'value="Typed"' in text(refused)
    assert not Chapter.objects.exists()


def test_the_page_shows_no_other_courses_lectures(teaching, recording, lecture):
    other = Course.objects.create(slug="other", title="Other")
    section = Section.objects.create(course=other, slug="s", title="S", position=1)
    foreign = Lecture.objects.create(slug="foreign", title="Foreign")
    SectionLecture.objects.create(course=other, section=section, lecture=foreign, position=1)
    assert "Foreign" not in text(teaching.get(address(recording)))


# --- captions ----------------------------------------------------------------------------------------


def test_captions_come_as_a_file_or_as_text_in_several_languages(teaching, recording):
    file = SimpleUploadedFile("en.vtt", b"\xef\xbb\xbf" + CAPTIONS.replace("\n", "\r\n").encode())
    assert teaching.post(address(recording, "captions/"), {"language": "en", "file": file}).status_code == 302
    german = CAPTIONS.replace("Welcome to", "Willkommen zu")
    assert teaching.post(address(recording, "captions/"), {"language": "de", "text": german}).status_code == 302
    assert [(caption.language, caption.text) for caption in Caption.objects.all()] == [("de", german), ("en", CAPTIONS)]
    page = text(teaching.get(address(recording)))
    assert "Deutsch (de)" in page
    teaching.post(address(recording, "captions/"), {"remove": "de"})
    assert [caption.language for caption in Caption.objects.all()] == ["en"]
    assert Change.objects.first().what.startswith("removed captions (de)")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (
            "1\n00:00:01,000 --> 00:00:02,000\nsubtitles of another kind\n",
            "Line 1 is “1”. A WebVTT file begins with WEBVTT",
        ),
        ("WEBVTT\n\n00:01 --> 00:02\nHi\n", "Line 3: “00:01 --&gt; 00:02” are no times"),
        (
            "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n\n00:04.000 --> 00:03.000\nHo\n",
            "Line 6: the caption ends before it begins",
        ),
        (
            "WEBVTT\n\n00:05.000 --> 00:06.000\nHi\n\n2\n00:04.000 --> 00:05.000\nHo\n",
            "Line 7 begins before the caption above it",
        ),
        ("WEBVTT\n\nNOTE a\n\njust words\n", "Line 5: “just words” belongs to no caption"),
        ("WEBVTT\n", "There is no caption in it"),
        ("", "Choose a WebVTT file, or paste its text."),
    ],
)
def test_captions_with_an_error_name_its_line_and_stay_in_the_form(teaching, recording, given, why):
    refused = teaching.post(address(recording, "captions/"), {"language": "en", "text": given})
    assert refused.status_code == 400
    assert why in text(refused).replace("&#x27;", "'")
    assert given.strip().split("\n")[-1].replace(">", "&gt;") in text(refused)
    assert not Caption.objects.exists()


def test_a_zero_byte_in_captions_is_replaced_as_the_standard_says(teaching, recording):
    file = SimpleUploadedFile("en.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\0\n")
    assert teaching.post(address(recording, "captions/"), {"language": "en", "file": file}).status_code == 302
    assert Caption.objects.get().text.endswith("Hi\ufffd\n")


def test_captions_in_another_encoding_or_for_no_language_are_refused(teaching, recording):
    file = SimpleUploadedFile("en.vtt", CAPTIONS.encode("utf-16"))
    refused = teaching.post(address(recording, "captions/"), {"language": "en", "file": file})
    assert "The file is not in UTF-8" in text(refused)
    assert teaching.post(address(recording, "captions/"), {"language": "../en", "text": CAPTIONS}).status_code == 400


# --- files, publishing, deleting ---------------------------------------------------------------------


def test_a_file_by_an_ordinary_form_is_checked_and_ready(teaching, recording, video):
    file = SimpleUploadedFile("week-1.mp4", video.read_bytes(), "video/mp4")
    assert teaching.post(address(recording, "upload/"), {"file": file}).status_code == 302
    assert "is being checked" in text(teaching.get(address(recording)))
    check_uploads()
    recording.refresh_from_db()
    assert (recording.state, recording.seconds) == ("ready", 60)
    again = teaching.post(address(recording, "upload/"), {"file": SimpleUploadedFile("a.mp4", b"x", "video/mp4")})
    assert again.status_code == 400


def test_a_form_without_a_video_says_so(teaching, recording):
    assert "Choose a video file first." in text(teaching.post(address(recording, "upload/"), {}))
    notes = teaching.post(address(recording, "upload/"), {"file": SimpleUploadedFile("notes.txt", b"x", "text/plain")})
    assert (notes.status_code, "does not look like a video" in text(notes)) == (400, True)
    assert not Upload.objects.exists()


def test_publishing_tells_those_with_a_settled_seat_once(teaching, ready, attendee, other, session):
    unpaid = Order.objects.create(
        buyer=other, session=session, unit_price=100, currency="USD",
        held_until=timezone.now() + timezone.timedelta(days=1),
    )  # fmt: skip
    Enrollment.objects.create(user=other, session=session, order=unpaid)
    for action in ({}, {"draft": "yes"}, {}):
        assert teaching.post(address(ready, "publish/"), action).status_code == 302
    ready.refresh_from_db()
    assert ready.is_published
    mail = Mail.objects.get()
    assert (mail.address, mail.kind) == (attendee.email, "recording")
    assert mail.subject == "[Gradus] Recorded: Week 1, first half"
    assert f"/recordings/{ready.pk}/" in mail.text
    assert [change.what.split(" the ")[0] for change in Change.objects.order_by("pk")] == [
        "published",
        "made",
        "published",
    ]


def test_nothing_is_published_before_it_can_be_watched(teaching, recording):
    refused = teaching.post(address(recording, "publish/"))
    assert (refused.status_code, "There is nothing to watch yet" in text(refused)) == (400, True)
    recording.refresh_from_db()
    assert not recording.is_published


def test_a_published_link_cannot_lose_its_link(teaching, new_recording):
    linked = new_recording(external_url="https://example.org/1", published_at=timezone.now())
    refused = teaching.post(address(linked), rows())
    assert (refused.status_code, "Make it a draft before" in text(refused)) == (400, True)


def test_a_draft_is_deleted_with_its_file(teaching, ready, session, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        done = teaching.post(address(ready, "delete/"))
    assert done["Location"] == f"/teaching/{session.pk}/recordings/"
    assert not Recording.objects.exists()
    assert not recording_storage().exists(ready.file.name)
    assert Change.objects.get().what == "deleted the recording “Week 1, first half”"


def test_the_file_alone_is_deleted_and_captions_stay(teaching, ready, django_capture_on_commit_callbacks):
    Caption.objects.create(recording=ready, language="en", text=CAPTIONS)
    name = ready.file.name
    with django_capture_on_commit_callbacks(execute=True):
        teaching.post(address(ready, "delete/"), {"file": "yes"})
    ready.refresh_from_db()
    assert (ready.state, ready.size, ready.captions.count()) == ("empty", 0, 1)
    assert not recording_storage().exists(name)


def test_what_is_published_or_on_its_way_is_not_deleted(teaching, published, new_recording):
    for what in ({}, {"file": "yes"}):
        refused = teaching.post(address(published, "delete/"), what)
        assert (refused.status_code, "Make it a draft first" in text(refused)) == (400, True)
    coming = new_recording()
    upload = Upload.objects.begin(coming.created_by, coming, length=9, file_name="a.mp4")
    assert "A file is on its way" in text(teaching.post(address(coming, "delete/")))
    teaching.post(address(coming, "give-up/"))
    assert not upload.part.exists()
    assert teaching.post(address(coming, "delete/")).status_code == 302
    assert list(Recording.objects.all()) == [published]
