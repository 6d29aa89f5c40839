"""The files: by signed links that expire and cannot be passed on, whole and in ranges."""

import datetime

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.utils import timezone
from django.utils.http import http_date

from courses.classroom.recordings import ranges
from courses.classroom.recordings.media import link_to
from courses.models import Enrollment
from tests.courses.recordings.conftest import with_file

LATER = datetime.timedelta(seconds=settings.MEDIA_LINK_SECONDS + 5)


@pytest.fixture
def watching(client, attendee):
    client.force_login(attendee)
    return client


@pytest.fixture
def link(published, attendee):
    return link_to(published, attendee)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


# --- links -------------------------------------------------------------------------------------------


def test_a_link_leads_the_person_that_it_was_made_for_to_the_file(watching, link, video):
    answer = watching.get(link)
    assert (answer.status_code, body(answer)) == (200, video.read_bytes())
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Disposition"] == "inline"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]


def test_a_link_that_was_passed_on_leads_nowhere(client, link, other, session, instructor):
    assert client.get(link).status_code == 404  # signed in nowhere
    Enrollment.objects.create(user=other, session=session)  # even for another who belongs
    for person in (other, instructor):
        client.force_login(person)
        assert client.get(link).status_code == 404


def test_an_expired_link_says_so_and_what_to_do(client, link, attendee, other):
    with time_machine.travel(timezone.now() + LATER):
        client.force_login(attendee)
        expired = client.get(link)
        assert expired.status_code == 410
        assert "goes on where you stopped" in expired.content.decode()
        client.force_login(other)
        assert client.get(link).status_code == 404


def test_a_link_ends_with_the_seat_and_with_publishing(watching, link, published, session, instructor):
    published.take_back(instructor)
    assert watching.get(link).status_code == 404
    published.publish(instructor)
    assert watching.get(link).status_code == 200
    Enrollment.objects.update(withdrawn_at=timezone.now())
    assert watching.get(link).status_code == 404


@pytest.mark.parametrize("spoil", [lambda t: t[:-3] + "AAA", lambda t: "x", lambda t: signing.dumps([1, 1])])
def test_a_link_that_was_changed_leads_nowhere(watching, link, spoil):
    token = link.removeprefix("/media/").removesuffix("/")
    assert watching.get(f"/media/{spoil(token)}/").status_code == 404


def test_no_part_of_a_link_can_be_exchanged_for_that_of_another(
    client, link, published, attendee, other, session, new_recording, video
):
    """What it leads to, whom, and from when on: each is signed with the others."""
    Enrollment.objects.create(user=other, session=session)
    second = with_file(new_recording(title="Second half", published_at=None), video)
    second.publish(second.created_by)

    def parts(of, person):
        return link_to(of, person).removeprefix("/media/").removesuffix("/").split(":")

    what, since, signature = parts(published, attendee)
    with time_machine.travel(timezone.now() + LATER):
        client.force_login(attendee)
        later = parts(published, attendee)[1]
        assert client.get(f"/media/{what}:{since}:{signature}/").status_code == 410
        assert client.get(f"/media/{what}:{later}:{signature}/").status_code == 404
    client.force_login(attendee)
    assert client.get(f"/media/{what}:{since}:{signature}/").status_code == 200
    assert client.get(f"/media/{parts(second, attendee)[0]}:{since}:{signature}/").status_code == 404
    client.force_login(other)
    assert client.get(f"/media/{parts(published, other)[0]}:{since}:{signature}/").status_code == 404


def test_a_new_link_is_given_to_whoever_may_watch(client, published, attendee, other, video):
    address = f"/recordings/{published.pk}/link/"
    client.force_login(other)
    assert client.get(address).status_code == 404
    client.force_login(attendee)
    assert body(client.get(client.get(address).json()["url"])) == video.read_bytes()


def test_a_file_that_is_lost_is_not_there(watching, link, published):
    published.file.delete(save=False)
    assert watching.get(link_to(published, published.created_by)).status_code == 404
    assert watching.get(link).status_code == 404


# --- ranges ------------------------------------------------------------------------------------------

ALL = None
GONE = "unsatisfiable"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", ALL),
        ("bytes=0-0", (0, 0)),
        ("bytes=0-99", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=0-1000", (0, 99)),
        ("bytes=99-", (99, 99)),
        ("bytes=50-", (50, 99)),
        ("BYTES = 50-", (50, 99)),
        ("bytes=-1", (99, 99)),
        ("bytes=-100", (0, 99)),
        ("bytes=-1000", (0, 99)),
        ("bytes=100-", GONE),
        ("bytes=100-200", GONE),
        ("bytes=-0", GONE),
        # No ranges, other units, several ranges: all of it.
        ("bytes=", ALL),
        ("bytes=-", ALL),
        ("bytes=9-1", ALL),
        ("bytes=200-100", ALL),
        ("bytes=a-b", ALL),
        ("bytes=1-2,5-9", ALL),
        ("pages=1-2", ALL),
        ("bytes=" + "9" * 40 + "-", ALL),
        ("bytes=¹-²", ALL),
    ],
)
def test_a_range_of_a_hundred_bytes(header, expected):
    try:
        span = ranges.span_of(header, 100)
    except ranges.Unsatisfiable:
        assert expected == GONE
    else:
        assert (span and (span.first, span.last)) == expected


def test_a_player_that_asks_for_the_rest_gets_some_megabytes_at_a_time():
    size = 3 * ranges.MOST
    assert ranges.span_of("bytes=5-", size) == ranges.Span(5, 4 + ranges.MOST)
    assert ranges.span_of(f"bytes=5-{size}", size) == ranges.Span(5, size - 1)


def test_a_part_is_sent_as_such(watching, link, video):
    data = video.read_bytes()
    size = len(data)
    part = watching.get(link, headers={"Range": "bytes=100-299"})
    assert (part.status_code, body(part)) == (206, data[100:300])
    assert part["Content-Range"] == f"bytes 100-299/{size}"
    assert part["Content-Length"] == "200"
    assert part["Accept-Ranges"] == "bytes"
    assert body(watching.get(link, headers={"Range": "bytes=-5"})) == data[-5:]
    beyond = watching.get(link, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond["Content-Range"], body(beyond)) == (416, f"bytes */{size}", b"")


def test_asking_about_the_file_sends_none_of_it(watching, link, video):
    asked = watching.head(link, headers={"Range": "bytes=0-9"})
    assert (asked.status_code, asked["Content-Length"], body(asked)) == (200, str(video.stat().st_size), b"")
    assert watching.post(link).status_code == 405


def test_what_a_browser_has_already_is_not_sent_again(watching, link):
    first = watching.get(link)
    body(first)
    for header, value in (("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])):
        again = watching.get(link, headers={header: value})
        assert (again.status_code, body(again)) == (304, b"")


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (lambda whole: whole["ETag"], 206),
        (lambda whole: whole["Last-Modified"], 206),
        (lambda whole: '"another"', 200),
        (lambda whole: f"W/{whole['ETag']}", 200),
        (lambda whole: http_date(0), 200),
        (lambda whole: "tomorrow", 200),
    ],
)
def test_a_part_is_sent_only_if_it_fits_what_the_browser_has(watching, link, condition, status):
    whole = watching.get(link)
    body(whole)
    answer = watching.get(link, headers={"Range": "bytes=0-9", "If-Range": condition(whole)})
    assert (answer.status_code, len(body(answer)) == 10) == (status, status == 206)


def test_behind_another_server_only_the_way_to_the_file_is_said(watching, link, published, settings):
    settings.MEDIA_ACCEL = "/protected/"
    answer = watching.get(link)
    assert answer["X-Accel-Redirect"] == f"/protected/{published.file.name}"
    assert (answer["Content-Type"], body(answer)) == ("video/mp4", b"")
