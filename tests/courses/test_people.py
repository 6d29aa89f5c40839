"""Signing up, signing in, a new password by e-mail, and dates in one's own time zone."""

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone

from courses.models import Course, Enrollment, Session, User
from courses.templatetags.dates import moment

PASSWORD = "correct horse battery"


def sign_up(client, email="New@Example.org"):
    return client.post("/accounts/signup/", {"email": email, "password1": PASSWORD, "password2": PASSWORD})


def test_who_signs_up_is_signed_in_by_their_address(client, db):
    assert sign_up(client).status_code == 302
    assert User.objects.get().email == "new@example.org"
    assert "Sign out" in client.get("/").content.decode()
    client.post("/accounts/logout/")
    assert "Sign in" in client.get("/").content.decode()
    client.post("/accounts/login/", {"login": "NEW@example.org", "password": PASSWORD})
    assert "Sign out" in client.get("/").content.decode()


def test_a_wrong_password_is_told_and_what_was_typed_is_kept(client, db):
    User.objects.create_user("one@example.org", PASSWORD)
    page = client.post("/accounts/login/", {"login": "one@example.org", "password": "wrong"}).content.decode()
    assert "not correct" in page
    assert 'value="one@example.org"' in page


def test_a_weak_password_is_refused_with_the_reason(client, db):
    page = client.post("/accounts/signup/", {"email": "a@b.org", "password1": "1234", "password2": "1234"})
    assert "too short" in page.content.decode()
    assert not User.objects.exists()


def test_a_new_password_comes_by_a_link_in_the_mail(client, db):
    sign_up(client)
    client.post("/accounts/logout/")
    mail.outbox.clear()
    client.post("/accounts/password/reset/", {"email": "new@example.org"})
    (message,) = mail.outbox
    assert message.to == ["new@example.org"]
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", message.body).group(1)
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": "another long password", "password2": "another long password"})
    assert client.login(username="new@example.org", password="another long password")
    assert not client.login(username="new@example.org", password=PASSWORD)


def test_who_is_not_known_is_told_no_more_than_who_is(client, db):
    sign_up(client)
    client.post("/accounts/logout/")
    answers = [
        client.post("/accounts/password/reset/", {"email": email}) for email in ("new@example.org", "no@example.org")
    ]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]


def test_the_profile_takes_a_time_zone_and_refuses_what_is_none(client, db):
    sign_up(client)
    page = client.post("/profile/", {"name": "Ada", "time_zone": "Mars/Base"})
    assert page.status_code == 400
    assert "is no IANA time zone" in page.content.decode()
    client.post("/profile/", {"name": "Ada", "time_zone": "Asia/Kolkata"})
    assert (User.objects.get().name, User.objects.get().time_zone) == ("Ada", "Asia/Kolkata")


def test_dates_are_shown_in_the_readers_time_zone():
    at = datetime.datetime(2027, 7, 17, 22, 0, tzinfo=datetime.UTC)
    with timezone.override("America/New_York"):
        assert moment(at) == "July 17, 2027, 6:00 PM (New York)"
    with timezone.override("Europe/Berlin"):
        assert moment(at) == "July 18, 2027, 12:00 AM (Berlin)"


def test_people_sign_in_while_the_cache_is_down(client, db, broker):
    User.objects.create_user("one@example.org", PASSWORD)
    broker.kill()
    assert client.post("/accounts/login/", {"login": "one@example.org", "password": PASSWORD}).status_code == 302
    assert "Sign out" in client.get("/").content.decode()


@pytest.fixture
def session(db):
    today = timezone.now().date()
    return Session.objects.create(
        course=Course.objects.create(slug="course", title="Course"), slug="s", modality="in_class", place="Berlin",
        time_zone="UTC", seats=5, price=100, published=True, starts_on=today, ends_on=today + datetime.timedelta(days=9),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("looked_for", "found"),
    [("", True), ("modality=in_class", True), ("modality=online", False), ("place=ber", True), ("place=Bay", False),
     ("price_up_to=100", True), ("price_up_to=99", False), ("begins_after=2000-01-01", True), ("begins_after=2999-01-01", False)],
)  # fmt: skip
def test_sessions_are_found_by_what_one_looks_for(client, session, looked_for, found):
    page = client.get(f"/?{looked_for}").content.decode()
    assert (session.get_absolute_url() in page) is found
    assert ("No session is open for this" in page) is not found


def test_an_admin_edits_a_session_and_withdraws_a_student(client, session):
    admin = User.objects.create_superuser("admin@example.org", PASSWORD)
    person = User.objects.create_user("one@example.org")
    enrollment = Enrollment.objects.enroll(person, session)
    client.force_login(admin)
    session.refresh_from_db()
    address = f"/admin/courses/session/{session.pk}/change/"
    fields = {
        name: getattr(session, name)
        for name in (
            "slug",
            "modality",
            "place",
            "time_zone",
            "currency",
            "starts_on",
            "ends_on",
            "hold_hours",
            "offer_hours",
            "refund_full_days",
            "refund_late_percent",
        )
    }
    response = client.post(address, {**fields, "course": session.course_id, "seats": 7, "price": "120.00"})
    assert response.status_code == 302
    session.refresh_from_db()
    assert (session.seats, session.seats_taken, session.price) == (7, 1, 120)
    response = client.post(address, {**fields, "course": session.course_id, "seats": 0, "price": "1"})
    assert response.status_code == 200
    client.post("/admin/courses/enrollment/", {"action": "withdraw", "_selected_action": [enrollment.pk]})
    session.refresh_from_db()
    assert session.seats_taken == 0
    client.post("/admin/courses/session/", {"action": "unpublish", "_selected_action": [session.pk]})
    session.refresh_from_db()
    assert not session.published


def test_only_the_admins_pages_may_evaluate_scripts(client, session):
    client.force_login(User.objects.create_superuser("admin@example.org", PASSWORD))
    assert "unsafe-eval" in client.get("/admin/")["Content-Security-Policy"]
    for address in ("/", "/profile/", session.get_absolute_url(), "/nowhere/", "/admin-nowhere/"):
        assert "unsafe" not in client.get(address)["Content-Security-Policy"]
