"""Announcements: on the page for who has a seat, and once by e-mail to each."""

import pytest
from django.core import mail

from courses.models import Announcement, Change, Enrollment, Mail
from courses.people.tasks import deliver


@pytest.fixture
def seated(session, student, other):
    """Two people with a seat that is not paid yet; one wants no announcements by e-mail."""
    other.muted = ["announcement"]
    other.save()
    for person in (student, other):
        Enrollment.objects.enroll(person, session)
    Mail.objects.all().delete()
    return session


TEXT = {"title": "No class on Friday", "text": "The *school* is closed: $x^2$."}


def test_an_announcement_is_looked_at_first_then_posted_and_mailed_once(client, seated, instructor, student):
    client.force_login(instructor)
    address = f"/teaching/{seated.pk}/announcements/"
    preview = client.post(address, {**TEXT, "preview": "1"}).content.decode()
    assert "<em>school</em>" in preview
    assert "The *school* is closed" in preview
    assert "It goes to 2 people by e-mail" in preview
    assert not Announcement.objects.exists()
    for _ in range(2):
        assert client.post(address, TEXT).status_code == 302
    assert Announcement.objects.get().author == instructor
    letter = Mail.objects.get()
    assert (letter.person, letter.subject) == (student, "[Gradus] No class on Friday")
    assert "<em>school</em>" in letter.html
    deliver()
    assert [message.to for message in mail.outbox] == [[student.email]]
    assert Change.objects.get().what == "announced “No class on Friday”"


def test_an_empty_announcement_is_refused_and_what_was_typed_stays(client, seated, instructor):
    client.force_login(instructor)
    refused = client.post(f"/teaching/{seated.pk}/announcements/", {"title": "Kept", "text": ""})
    assert refused.status_code == 400
    assert 'value="Kept"' in refused.content.decode()
    assert not Mail.objects.exists()


def test_it_stands_on_the_page_of_the_session_for_whoever_has_a_seat(client, seated, instructor, student, stranger):
    Announcement.objects.post(seated, instructor, **TEXT)
    for person, seen in ((student, True), (instructor, True), (stranger, False), (None, False)):
        client.logout()
        if person is not None:
            client.force_login(person)
        assert ("No class on Friday" in client.get(seated.get_absolute_url()).content.decode()) is seen


def test_it_is_changed_and_deleted_with_a_note_and_without_mail(client, seated, instructor, assistant, stranger):
    announcement = Announcement.objects.post(seated, instructor, **TEXT)
    Mail.objects.all().delete()
    edit, delete = (f"/teaching/announcements/{announcement.pk}/{end}" for end in ("", "delete/"))
    for person in (assistant, stranger):
        client.force_login(person)
        assert client.post(f"/teaching/{seated.pk}/announcements/", TEXT).status_code == 404
        assert [client.post(address, TEXT).status_code for address in (edit, delete)] == [404, 404]
    client.force_login(instructor)
    client.post(edit, {**TEXT, "title": "No class on Monday"})
    assert Announcement.objects.get().title == "No class on Monday"
    assert Change.objects.first().values == {"title": ["No class on Friday", "No class on Monday"]}
    client.post(delete)
    assert not Announcement.objects.exists()
    assert Change.objects.first().values["text"] == [TEXT["text"], None]
    assert not Mail.objects.exists()
