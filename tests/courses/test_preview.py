"""The preview of a session: what a student of it sees, now and at other moments, shown to its staff."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.safestring import mark_safe

from courses import panels
from courses.models import Announcement, Enrollment, Recording
from tests.courses.test_releases import NOW, lectures, release, winter
from tests.courses.test_teaching import at, meet

__all__ = ["lectures", "winter"]
SHOWN = ("past", "coming", "next", "announcements", "recordings", "belongs")


@pytest.fixture(autouse=True)
def in_january():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def term(winter, lectures, instructor):
    """Two meetings with a recording of the first and one that is a draft, an announcement, and dates of lectures."""
    first, second = meet(winter, "2027-01-12", title="First", room="B 12"), meet(winter, "2027-02-02", title="Second")
    first.lectures.add(lectures[2])
    second.lectures.set(lectures[:2])
    for title, published_at in (("Published", at("2027-01-13", "12:00")), ("Draft", None)):
        Recording.objects.create(
            meeting=first,
            title=title,
            created_by=instructor,
            external_url="https://v.example",
            published_at=published_at,
        )
    Announcement.objects.create(
        session=winter, author=instructor, title="News", text="Text", posted_at=at("2027-01-14", "12:00")
    )
    release(winter, lectures[0], "2027-01-14")
    release(winter, lectures[1], "2027-02-01")
    return winter


def test_staff_see_what_a_student_of_the_session_sees_and_not_what_they_see_themselves(
    client, term, lectures, student, instructor, assistant, admin
):
    Enrollment.objects.enroll(student, term)
    client.force_login(student)
    session, course = client.get(term.get_absolute_url()), client.get("/courses/networks/")
    for person in (instructor, assistant, admin):
        client.force_login(person)
        preview = client.get(f"/teaching/{term.pk}/preview/")
        for name in SHOWN:
            seen = [preview.context[name], session.context[name]]
            assert seen[0] == seen[1] or list(seen[0]) == list(seen[1]), name
        assert preview.context["outline"] == course.context["outline"]
    page = preview.content.decode()
    assert "This is a preview." in page
    assert page.count("Opens February 1, 2027, 6:00 PM (New York)") == 1
    assert page.count("opens Mon, February 1") == 1
    assert 'href="/courses/networks/lectures/l1/"' in page
    assert 'href="/courses/networks/lectures/l2/"' not in page
    assert "Draft</a>" not in page
    assert "Room: B 12" in page
    assert "Withdraw" not in page


@pytest.mark.parametrize(
    ("moment", "present", "absent"),
    [
        ("2027-01-12T12:00", ["Next: First"], ["Published</a>", "News", "lectures/l1/", "lectures/l2/"]),
        ("2027-01-13T12:00", ["Next: Second", "Published</a>"], ["News", "lectures/l1/", "lectures/l2/"]),
        ("2027-01-14T18:00", ["Published</a>", "News", "lectures/l1/"], ["lectures/l2/"]),
        (
            "2027-02-01T18:00",
            ["Published</a>", "News", "lectures/l1/", "lectures/l2/"],
            ["Opens", "opens", "Draft</a>"],
        ),
        ("2027-03-01T18:00", ["2 past meetings"], ["Next:"]),
    ],
)
def test_another_moment_can_be_looked_at(client, term, instructor, moment, present, absent):
    client.force_login(instructor)
    answer = client.get(f"/teaching/{term.pk}/preview/", {"at": moment})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "as everything is planned now" in page
    assert [words for words in present if words not in page] == []
    assert [words for words in absent if words in page] == []


@pytest.mark.parametrize("moment", ["soon", "2027-13-01T18:00", "9999-12-31T23:59", "2027-03-14T02:30", "\x00"])
def test_a_moment_that_is_none_is_refused_and_the_page_shows_now(client, term, instructor, moment):
    client.force_login(instructor)
    refused = client.get(f"/teaching/{term.pk}/preview/", {"at": moment})
    assert refused.status_code == 400
    page = refused.content.decode()
    assert "errorlist" in page
    assert "sees now" in page


def test_others_show_there_what_is_theirs_as_the_student_sees_it(client, term, instructor, monkeypatch):
    asked = []
    monkeypatch.setitem(
        panels._panels, "session preview", [lambda request, student: asked.append(student) or mark_safe("<p>Mine</p>")]
    )
    client.force_login(instructor)
    assert "<p>Mine</p>" in client.get(f"/teaching/{term.pk}/preview/", {"at": "2027-02-01T18:00"}).content.decode()
    assert [(student.session, student.at) for student in asked] == [(term, at("2027-02-01", "18:00"))]


def test_a_preview_changes_nothing_and_asks_no_oftener_for_much_than_for_little(
    client, term, lectures, instructor, django_assert_max_num_queries
):
    client.force_login(instructor)
    address = f"/teaching/{term.pk}/preview/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    assert [query["sql"] for query in few if not query["sql"].startswith("SELECT")] == []
    release(term, lectures[2], "2027-02-01")
    for number in range(10, 14):
        meeting = meet(term, f"2027-02-{number}", title=f"M {number}")
        meeting.lectures.set(lectures)
        Recording.objects.create(
            meeting=meeting, created_by=instructor, external_url="https://v.example", published_at=timezone.now()
        )
        Announcement.objects.create(session=term, author=instructor, title="More", text="Text")
    with django_assert_max_num_queries(len(few)):
        client.get(address)
    assert client.post(address).status_code == 405


def test_a_preview_of_a_draft_shows_it_as_a_student_will_see_it(client, term, instructor):
    term.published = False
    term.save()
    client.force_login(instructor)
    page = client.get(f"/teaching/{term.pk}/preview/").content.decode()
    assert "This is a draft" in page
    assert "Published</a>" in page
