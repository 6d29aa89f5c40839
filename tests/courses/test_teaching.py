"""Running sessions: making, editing, publishing, closing, duplicating and canceling them, each by whom it may."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from courses.classroom.meetings.models import wall_time
from courses.classroom.teaching.duplicating import duplicate
from courses.enrollment.orders.payments import receive
from courses.models import Change, Enrollment, Lecture, Mail, Meeting, Session, Transaction, User, WaitingEntry
from courses.sessions.models import SessionRefused

NEW_YORK = "America/New_York"
FACTS = {
    "modality": "online", "place": "", "time_zone": NEW_YORK, "starts_on": "2027-01-11", "ends_on": "2027-03-26",
    "submissions_close_on": "", "seats": 12, "price": "3999.00", "currency": "usd", "hold_hours": 168,
    "offer_hours": 48, "refund_full_days": 14, "refund_late_percent": 50,
}  # fmt: skip


def at(date, time, **which):
    return wall_time(datetime.date.fromisoformat(date), datetime.time.fromisoformat(time), NEW_YORK, **which)


def meet(session, date, start="18:00", end="20:00", **values):
    return Meeting.objects.create(session=session, starts_at=at(date, start), ends_at=at(date, end), **values)


@pytest.fixture
def winter(new_session, instructor, assistant):
    """A draft from January to March 2027 in New York."""
    session = new_session(
        "winter", published=False, starts_on=datetime.date(2027, 1, 11), ends_on=datetime.date(2027, 3, 26)
    )
    session.instructors.add(instructor.instructor)
    session.assistants.add(assistant)
    return session


def test_whoever_teaches_sees_own_sessions_and_whoever_teaches_none_finds_no_such_page(
    client, session, new_session, instructor, assistant, stranger, student, admin
):
    other = new_session("other", place="Boston", modality="in_class")
    meet(session, timezone.now().date().isoformat(), "23:00", "23:59")
    for person, seen in [
        (instructor, [session]),
        (assistant, [session]),
        (stranger, []),
        (admin, [session, other]),
    ]:
        client.force_login(person)
        page = client.get("/teaching/").content.decode()
        for one in (session, other):
            assert (f'href="/teaching/{one.pk}/"' in page) is (one in seen)
        assert ("New session" in page) is (person != assistant)
    client.force_login(student)
    assert client.get("/teaching/").status_code == 404


def test_an_admin_looks_among_many_sessions_by_state_and_words(client, new_session, admin):
    for n in range(9):
        new_session(f"s{n}", place=f"City {n}", modality="in_class", published=n != 3)
    client.force_login(admin)
    assert "City 5" in client.get("/teaching/?state=published&words=city+5").content.decode()
    page = client.get("/teaching/?state=draft").content.decode()
    assert "City 3" in page
    assert "City 5" not in page
    assert "No session is like this" in client.get("/teaching/?words=Atlantis").content.decode()


def test_an_instructor_who_makes_a_session_teaches_it_and_it_is_a_draft_named_by_place_and_day(
    client, course, instructor
):
    client.force_login(instructor)
    facts = {**FACTS, "course": course.pk}
    response = client.post("/teaching/new/", facts)
    made = Session.objects.get()
    assert response["Location"] == f"/teaching/{made.pk}/"
    assert (made.slug, made.state, made.currency) == ("online-2027-01-11", "draft", "USD")
    assert list(made.instructors.all()) == [instructor.instructor]
    assert Change.objects.get().session == made
    client.post("/teaching/new/", facts)
    assert Session.objects.latest("pk").slug == "online-2027-01-11-2"
    client.post("/teaching/new/", {**facts, "modality": "in_class", "place": "New York City"})
    assert Session.objects.latest("pk").slug == "new-york-city-2027-01-11"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends_on": "2027-01-10"}, "The last day is before the first one"),
        ({"modality": "in_class"}, "Say where it is held"),
        ({"time_zone": "EST5"}, "is no IANA time zone"),
        ({"price": "-1"}, "A price is not below zero"),
        ({"currency": "dollars"}, "most 3"),
        ({"currency": "U$"}, "three letters"),
        ({"refund_late_percent": "101"}, "At most 100 percent"),
        ({"submissions_close_on": "2026-12-31"}, "before the first day"),
        ({"seats": "many"}, "whole number"),
        ({"ends_on": "9999-12-31"}, "The year 9999 is not one of this school"),
        ({"hold_hours": "2147483647"}, "less than or equal to 8760"),
    ],
)
def test_facts_that_cannot_be_are_refused_beside_the_field_and_what_was_typed_stays(
    client, course, instructor, wrong, said
):
    client.force_login(instructor)
    response = client.post("/teaching/new/", {**FACTS, "course": course.pk, "offer_hours": "77", **wrong})
    assert response.status_code == 400
    page = response.content.decode()
    assert said in page
    assert 'value="77"' in page
    assert not Session.objects.exists()


def test_an_edit_is_kept_and_noted_with_what_was_before(client, winter, instructor):
    client.force_login(instructor)
    assert client.post(f"/teaching/{winter.pk}/edit/", {**FACTS, "seats": 20, "price": "100"}).status_code == 302
    winter.refresh_from_db()
    assert winter.seats == 20
    change = Change.objects.get()
    assert (change.actor, change.session, change.values) == (instructor, winter, {"seats": [5, 20]})


def test_seats_are_not_offered_below_what_is_taken(client, session, student, other, instructor):
    for person in (student, other):
        Enrollment.objects.enroll(person, session)
    client.force_login(instructor)
    facts = {**FACTS, "starts_on": session.starts_on, "ends_on": session.ends_on, "seats": 1}
    response = client.post(f"/teaching/{session.pk}/edit/", facts)
    assert response.status_code == 400
    assert "2 seats are taken" in response.content.decode()
    session.refresh_from_db()
    assert session.seats == 5


@pytest.mark.parametrize(
    ("dates", "date"),
    [(("2027-02-02", "2027-03-26"), "February 1, 2027"), (("2027-01-11", "2027-02-28"), "March 1, 2027")],
)
def test_dates_that_leave_a_meeting_out_are_refused_with_its_name(client, winter, instructor, dates, date):
    meet(winter, "2027-02-01", title="On gradients")
    meet(winter, "2027-03-01", title="On gradients")
    meet(winter, "2027-01-11", canceled_at=timezone.now())
    client.force_login(instructor)
    facts = {**FACTS, "starts_on": dates[0], "ends_on": dates[1]}
    response = client.post(f"/teaching/{winter.pk}/edit/", facts)
    assert response.status_code == 400
    assert f"“On gradients” is on {date}" in response.content.decode()


def press(client, session, do):
    return client.post(f"/teaching/{session.pk}/state/", {"do": do}, follow=True).content.decode()


def test_a_session_is_published_closed_reopened_and_taken_back(client, winter, instructor):
    client.force_login(instructor)
    assert "No meeting is planned yet" in client.get(f"/teaching/{winter.pk}/").content.decode()
    for do, state in [("publish", "published"), ("close", "closed"), ("reopen", "published"), ("take_back", "draft")]:
        press(client, winter, do)
        winter = Session.objects.get(pk=winter.pk)
        assert winter.state == state
    assert [change.what.partition(" ")[0] for change in Change.objects.order_by("pk")] == [
        "published", "closed", "reopened", "took",
    ]  # fmt: skip


def test_what_cannot_be_published_says_what_is_missing(client, winter, admin):
    winter.instructors.clear()
    client.force_login(admin)
    assert "Nobody teaches it" in client.get(f"/teaching/{winter.pk}/").content.decode()
    page = press(client, winter, "publish")
    assert "message error" in page
    assert "Nobody teaches it" in page
    with time_machine.travel("2027-06-01"), pytest.raises(SessionRefused, match="last day is over"):
        winter.publish(admin)
    assert Session.objects.get(pk=winter.pk).state == "draft"


def test_a_session_is_not_taken_back_while_somebody_is_enrolled_or_waits(session, student, other, instructor):
    enrollment = Enrollment.objects.enroll(student, session)
    with pytest.raises(SessionRefused, match="Close the session"):
        session.take_back(instructor)
    Enrollment.objects.filter(pk=enrollment.pk).update(withdrawn_at=timezone.now())
    Session.objects.update(seats_taken=0)
    waiting = WaitingEntry.objects.create(session=session, user=other)
    with pytest.raises(SessionRefused, match="wait for a seat"):
        session.take_back(instructor)
    waiting.delete()
    session.take_back(instructor)
    assert Session.objects.get().state == "draft"


def test_an_assistant_reads_everything_but_prices_and_changes_nothing(client, session, assistant, instructor):
    meeting = meet(session, session.starts_on.isoformat())
    client.force_login(assistant)
    pages = ["", "meetings/", "attendance/", "announcements/"]
    for page in pages:
        response = client.get(f"/teaching/{session.pk}/{page}")
        assert response.status_code == 200
        assert '<form method="post"' not in response.content.decode()
    overview = client.get(f"/teaching/{session.pk}/").content.decode()
    assert "USD" not in overview
    closed = [
        f"{session.pk}/{page}" for page in ("edit/", "duplicate/", "cancel/", "meetings/new/", "meetings/series/")
    ]
    for address in [*closed, f"meetings/{meeting.pk}/"]:
        assert client.get(f"/teaching/{address}").status_code == 404
        assert client.post(f"/teaching/{address}", {}).status_code == 404
    assert client.post(f"/teaching/{session.pk}/state/", {"do": "close"}).status_code == 404
    client.force_login(instructor)
    assert "USD\xa0100" in client.get(f"/teaching/{session.pk}/").content.decode()


def test_an_instructor_does_not_find_another_ones_session(client, session, stranger):
    meeting = meet(session, session.starts_on.isoformat())
    client.force_login(stranger)
    pages = ["", "edit/", "duplicate/", "cancel/", "meetings/", "meetings/new/", "attendance/", "announcements/"]
    for address in [*(f"{session.pk}/{page}" for page in pages), f"meetings/{meeting.pk}/"]:
        assert client.get(f"/teaching/{address}").status_code == 404
    assert client.post(f"/teaching/{session.pk}/state/", {"do": "close"}).status_code == 404
    assert Session.objects.get().state == "published"


def test_a_duplicate_has_facts_staff_and_meetings_by_the_same_clocks(client, winter, course, instructor, assistant):
    lecture = Lecture.objects.create(slug="gradients", title="Gradients")
    meet(winter, "2027-01-12", title="First", room="B 12", join_url="https://meet.example.org/1").lectures.add(lecture)
    meet(winter, "2027-02-01", title="Not held", canceled_at=timezone.now())
    Session.objects.filter(pk=winter.pk).update(published=True, seats_taken=2, closed_at=timezone.now())
    client.force_login(instructor)
    response = client.post(f"/teaching/{winter.pk}/duplicate/", {"starts_on": "2027-07-12"})
    copy = Session.objects.latest("pk")
    assert response["Location"] == f"/teaching/{copy.pk}/"
    assert (copy.slug, copy.state, copy.seats_taken, copy.seats) == ("online-2027-07-12", "draft", 0, 5)
    assert (str(copy.starts_on), str(copy.ends_on)) == ("2027-07-12", "2027-09-24")
    assert list(copy.instructors.all()) == [instructor.instructor]
    assert list(copy.assistants.all()) == [assistant]
    (meeting,) = copy.meetings.all()
    # Six in the evening in winter and in summer, an hour apart in UTC.
    assert (meeting.starts_at, meeting.ends_at) == (at("2027-07-13", "18:00"), at("2027-07-13", "20:00"))
    assert (meeting.starts_at.hour, winter.meetings.first().starts_at.hour) == (22, 23)
    assert (meeting.title, meeting.room, meeting.join_url) == ("First", "B 12", "https://meet.example.org/1")
    assert list(meeting.lectures.all()) == [lecture]


@pytest.mark.parametrize(
    ("start", "end", "becomes"),
    [
        ("02:30", "03:30", ("03:30", "04:30")),
        ("01:30", "02:30", ("01:30", "03:30")),
        ("02:15", "02:45", ("03:15", "03:45")),
        ("03:00", "04:00", ("03:00", "04:00")),
    ],
)
def test_what_falls_into_the_skipped_hour_moves_an_hour_later_and_is_told(winter, instructor, start, end, becomes):
    meet(winter, "2027-03-13", start, end)
    made = duplicate(winter, instructor, datetime.date(2027, 1, 12))
    (meeting,) = made.session.meetings.all()
    assert (meeting.starts_at, meeting.ends_at) == tuple(at("2027-03-14", time) for time in becomes)
    assert list(made.moved) == ([meeting] if becomes != (start, end) else [])


def test_a_duplicate_begins_on_a_day_that_clocks_can_reckon_with(client, winter, instructor):
    client.force_login(instructor)
    for date in ("9999-12-31", "0001-01-01", "2027-02-30", ""):
        assert client.post(f"/teaching/{winter.pk}/duplicate/", {"starts_on": date}).status_code == 400
    assert Session.objects.count() == 1


def test_moved_meetings_are_named_on_the_page_of_the_new_session(client, winter, instructor):
    meet(winter, "2027-03-13", "02:30", "03:30", title="Early birds")
    client.force_login(instructor)
    page = client.post(f"/teaching/{winter.pk}/duplicate/", {"starts_on": "2027-01-12"}, follow=True).content.decode()
    assert "“Early birds” was moved by an hour" in page


def test_canceling_says_what_follows_asks_for_a_reason_and_is_final(client, session, student, other, instructor):
    Enrollment.objects.enroll(student, session)
    WaitingEntry.objects.create(session=session, user=other)
    client.force_login(instructor)
    address = f"/teaching/{session.pk}/cancel/"
    page = client.get(address).content.decode()
    assert "1 person loses their seat" in page
    assert "1 person on the waiting list" in page
    refused = client.post(address, {"reason": " "})
    assert refused.status_code == 400
    assert "Say why" in refused.content.decode()
    assert Session.objects.get().canceled_at is None
    client.post(address, {"reason": "The room burned down."})
    session.refresh_from_db()
    assert session.state == "canceled"
    assert not Enrollment.objects.active().exists()
    assert Mail.objects.filter(person=student, text__contains="burned down").count() == 1
    letters = Mail.objects.count()
    client.post(address, {"reason": "Again."})
    assert Mail.objects.count() == letters


def test_whoever_paid_for_a_canceled_session_is_paid_back(client, session, student, other, instructor):
    paid, held = (Enrollment.objects.enroll(person, session).order for person in (student, other))
    receive(paid, Decimal(100), "test", "one")
    receive(held, Decimal(40), "test", "two")
    client.force_login(instructor)
    client.post(f"/teaching/{session.pk}/cancel/", {"reason": "The room burned down."})
    session.refresh_from_db()
    assert (session.state, session.seats_taken, Enrollment.objects.active().count()) == ("canceled", 0, 0)
    refunds = Transaction.objects.filter(kind="refund")
    assert {(refund.order, refund.amount) for refund in refunds} == {(paid, 100), (held, 40)}
    # What arrives after that goes back, too.
    receive(held, Decimal(60), "test", "three")
    assert sum(refund.amount for refund in refunds.all()) == 200
    assert (paid.outstanding, held.outstanding, Enrollment.objects.active().count()) == (0, 0, 0)


def test_nothing_of_a_canceled_session_can_be_changed(client, session, instructor, student):
    meeting = meet(session, session.starts_on.isoformat(), join_url="https://meet.example.org/1")
    Enrollment.objects.enroll(student, session)
    Session.objects.update(canceled_at=timezone.now())
    client.force_login(instructor)
    for do in ("publish", "close", "reopen", "take_back"):
        assert "This session is canceled" in press(client, session, do)
    facts = {**FACTS, "starts_on": session.starts_on, "ends_on": session.ends_on}
    assert "canceled" in client.post(f"/teaching/{session.pk}/edit/", facts).content.decode()
    planned = {"date": session.starts_on, "start": "10:00", "end": "11:00"}
    refused = client.post(f"/teaching/{session.pk}/meetings/new/", planned)
    assert refused.status_code == 400
    assert "This session is canceled. Nothing more can be planned in it." in refused.content.decode()
    client.force_login(student)
    assert client.get(f"/meetings/{meeting.pk}/join/").status_code == 404
    assert "This session is canceled" in client.get(session.get_absolute_url()).content.decode()
    assert session.get_absolute_url() not in client.get("/").content.decode()
    assert User.objects.filter(pk=student.pk).exists()
