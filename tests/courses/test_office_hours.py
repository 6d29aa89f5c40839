"""Office hours: opened by staff, booked and canceled by students, moved and canceled by staff; in mail and calendars."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.enrollment.seats import cancel_session, transfer
from courses.models import Booking, Change, Enrollment, Mail, OfficeHour, User
from courses.support.hours.models import HoursRefused
from tests.api.test_api import API, client_of, is_problem
from tests.courses.test_calendar import address_of, events
from tests.courses.test_enrollment import at_once, new_session
from tests.courses.test_teaching import at

# A Friday in the winter session, noon in New York.
NOW = datetime.datetime(2027, 1, 15, 17, tzinfo=datetime.UTC)
OPEN = {
    "starts_at": "2027-01-18T18:00", "minutes": "20", "number": "3", "room": "B 12",
    "join_url": "https://meet.example.org/1", "capacity": "1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_january():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def winter(new_session, instructor, assistant):
    """From January 11 to March 26, 2027, in New York, for nothing."""
    session = new_session("winter", price=0, starts_on=datetime.date(2027, 1, 11), ends_on=datetime.date(2027, 3, 26))
    session.instructors.add(instructor.instructor)
    session.assistants.add(assistant)
    return session


@pytest.fixture
def seated(winter, student, other):
    """The student, and the other one, each with a seat in the winter session."""
    for person in (student, other):
        Enrollment.objects.enroll(person, winter)
    Mail.objects.all().delete()
    return student


@pytest.fixture
def new_hour(winter, instructor):
    """Open an office hour of the instructor's on Monday, at 6 PM in New York, unless said otherwise."""

    def new(time="18:00", **values):
        starts_at = at("2027-01-18", time)
        ends_at = starts_at + datetime.timedelta(minutes=20)
        return OfficeHour.objects.create(**{
            "session": winter, "host": instructor, "starts_at": starts_at, "ends_at": ends_at, "room": "B 12",
            "join_url": "https://meet.example.org/1", **values,
        })  # fmt: skip

    return new


def page_of(session):
    return f"{session.get_absolute_url()}hours/"


def letters():
    """To whom mail was written, with its subject, since this was last asked."""
    found = sorted(Mail.objects.values_list("address", "subject"))
    Mail.objects.all().delete()
    return found


def test_staff_open_slots_in_a_row_students_see_them_in_both_zones_and_book_one(
    client, winter, seated, instructor, assistant
):
    for host, start in ((instructor, "2027-01-18T18:00"), (assistant, "2027-01-18T18:10")):
        client.force_login(host)
        assert client.post(f"/teaching/{winter.pk}/hours/", {**OPEN, "starts_at": start}).status_code == 302
    mine = OfficeHour.objects.filter(host=instructor)
    assert [(hour.starts_at, hour.ends_at) for hour in mine] == [
        (at("2027-01-18", "18:00"), at("2027-01-18", "18:20")),
        (at("2027-01-18", "18:20"), at("2027-01-18", "18:40")),
        (at("2027-01-18", "18:40"), at("2027-01-18", "19:00")),
    ]
    assert Change.objects.filter(session=winter, what__startswith="opened 3 office hours").count() == 2
    client.force_login(seated)
    page = client.get(page_of(winter)).content.decode()
    assert "Monday, January 18, 2027, 6:20 PM to 6:40 PM (New York)" in page
    assert "Tuesday, January 19, 2027, 12:20 AM to 12:40 AM (Berlin)" in page
    assert "meet.example.org" not in page
    booked = client.post(page_of(winter), {"hour": mine[1].pk, "about": "Back-propagation"})
    assert (booked.status_code, booked["Location"]) == (302, page_of(winter))
    booking = Booking.objects.get()
    assert (booking.hour, booking.student, booking.about) == (mine[1], seated, "Back-propagation")
    page = client.get(page_of(winter)).content.decode()
    assert 'href="https://meet.example.org/1"' in page
    assert f'value="{mine[1].pk}"' not in page
    assert "Your office hour with Instructor" in client.get(winter.get_absolute_url()).content.decode()
    assert f'<a href="{page_of(winter)}">With Instructor, ' in client.get("/").content.decode()
    client.force_login(assistant)
    assert "<strong>Student</strong>: Back-propagation" in client.get(f"/teaching/{winter.pk}/hours/").content.decode()


def test_both_are_told_of_what_is_booked_canceled_and_moved(winter, seated, new_hour, instructor, admin):
    hour = new_hour()
    booking = hour.book(seated, "*Stars* & more")
    told = {mail.address: mail for mail in Mail.objects.all()}
    assert set(told) == {seated.email, instructor.email}
    assert "What it is about: *Stars* & more" in told[instructor.email].text
    assert "6:00 PM to 6:20 PM (New York), which is Tuesday, January 19, 2027" in told[seated.email].text
    letters()
    hour.starts_at, hour.ends_at = at("2027-01-19", "09:00"), at("2027-01-19", "09:20")
    hour.keep(admin)
    assert letters() == [
        (instructor.email, "[Gradus] Changed: office hour with Student"),
        (seated.email, "[Gradus] Changed: office hour with Instructor"),
    ]
    booking.cancel()
    booking.cancel()
    assert letters() == [(instructor.email, "[Gradus] Canceled: office hour with Student")]
    hour.refresh_from_db()
    assert hour.booked == 0
    hour.book(seated, "Again")
    letters()
    hour.cancel(instructor, "A storm.")
    assert "A storm." in Mail.objects.get(address=seated.email).text
    assert letters() == [(seated.email, "[Gradus] Canceled: office hour with Instructor")]
    assert not Booking.objects.live().exists()


def test_who_was_slower_is_told_kindly_and_keeps_what_they_typed(client, winter, seated, other, new_hour):
    hour = new_hour()
    new_hour("19:00")
    hour.book(other, "First")
    client.force_login(seated)
    refused = client.post(page_of(winter), {"hour": hour.pk, "about": "My question"})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Somebody was quicker: this one is booked now. Choose another one." in page
    assert 'value="My question"' in page
    assert client.post(page_of(winter), {"hour": hour.pk, "about": ""}).status_code == 400
    assert client.post(page_of(winter), {"hour": "x", "about": "A"}).status_code == 400
    is_problem(client_of(seated).post(f"{API}/office-hours/{hour.pk}/book/", {"about": "A"}), 409, "quicker")


@pytest.mark.django_db(transaction=True)
def test_of_several_who_book_at_once_one_has_it_and_one_person_is_at_one_place():
    session = new_session(price=0)
    host = User.objects.create_user("host@example.org")
    session.assistants.add(host)
    people = [User.objects.create_user(f"{n}@example.org") for n in range(4)]
    for person in people:
        Enrollment.objects.enroll(person, session)
    starts_at = timezone.now() + datetime.timedelta(days=1)
    hours = [
        OfficeHour.objects.create(
            session=session, host=host, room="R", ends_at=starts_at + datetime.timedelta(hours=1),
            starts_at=starts_at + datetime.timedelta(minutes=minute),
        )
        for minute in (0, 1)
    ]  # fmt: skip
    outcomes = at_once(*[lambda who=who: OfficeHour.objects.get(pk=hours[0].pk).book(who, "A") for who in people])
    assert sum(isinstance(outcome, Booking) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, HoursRefused) for outcome in outcomes) == 3
    hours[0].refresh_from_db()
    assert (hours[0].booked, Booking.objects.live().count()) == (1, 1)
    Booking.objects.get().cancel()
    tries = [lambda pk=hour.pk: OfficeHour.objects.get(pk=pk).book(people[0], "A") for hour in hours]
    outcomes = at_once(*tries, *tries)
    assert len({outcome.pk for outcome in outcomes if isinstance(outcome, Booking)}) == 1
    assert Booking.objects.live().filter(student=people[0]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_leaves_while_booking_has_no_booking_left():
    session = new_session(price=0)
    host, person = (User.objects.create_user(f"{name}@example.org") for name in ("host", "person"))
    session.assistants.add(host)
    enrollment = Enrollment.objects.enroll(person, session)
    starts_at = timezone.now() + datetime.timedelta(days=1)
    hour = OfficeHour.objects.create(
        session=session, host=host, room="R", starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=1)
    )
    at_once(lambda: hour.book(person, "A"), Enrollment.objects.get(pk=enrollment.pk).withdraw)
    assert not Booking.objects.live().exists()
    hour.refresh_from_db()
    assert hour.booked == 0


def test_nobody_is_at_two_places_at_once(client, winter, seated, other, new_hour, instructor, assistant):
    hour, same = new_hour(), new_hour("18:10", host=assistant)
    hour.book(seated, "A")
    with pytest.raises(HoursRefused, match="another office hour at this time"):
        same.book(seated, "B")
    same.refresh_from_db()
    assert same.booked == 0
    same.book(other, "C")
    # Right after is another time.
    new_hour("18:20", host=assistant, starts_at=at("2027-01-18", "18:20"), ends_at=at("2027-01-18", "18:40")).book(
        seated, "D"
    )
    client.force_login(instructor)
    refused = client.post(f"/teaching/{winter.pk}/hours/", {**OPEN, "starts_at": "2027-01-18T17:30"})
    assert refused.status_code == 400
    assert "Instructor has another office hour then" in refused.content.decode()
    assert 'value="2027-01-18T17:30"' in refused.content.decode()
    # None of the row is open, and what is moved finds the student busy too.
    assert OfficeHour.objects.filter(host=instructor).count() == 1
    moved = client.post(f"/teaching/hours/{hour.pk}/", {**OPEN, "starts_at": "2027-01-18T18:30"})
    assert moved.status_code == 400
    assert "Student has another office hour then" in moved.content.decode()


def test_several_can_come_to_one_that_has_places_for_them(winter, seated, other, new_hour, instructor):
    hour = new_hour(capacity=2)
    for person in (seated, other):
        hour.book(person, "A")
    assert (hour.booked, hour.free) == (2, 0)
    assert hour.book(seated, "Twice").about == "A"
    client = client_of(instructor)
    is_problem(client.patch(f"{API}/office-hours/{hour.pk}/", {"capacity": 1}), 400, "2 have booked it")
    assert len(client.get(f"{API}/office-hours/{hour.pk}/").json()["bookings"]) == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"starts_at": "2027-01-15T11:59"}, "This is past"),
        ({"starts_at": "2027-03-26T23:30"}, "this is outside of it"),
        ({"starts_at": "2027-01-10T12:00"}, "This is past"),
        ({"starts_at": "soon"}, "Write a day and a time of day"),
        ({"room": "", "join_url": ""}, "Say where it is"),
        ({"join_url": "javascript:alert(1)"}, "Write a web address"),
        ({"minutes": "0"}, "greater than or equal to 5"),
        ({"number": "1000"}, "less than or equal to 24"),
        ({"capacity": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_the_reason(client, winter, instructor, typed, said):
    client.force_login(instructor)
    refused = client.post(f"/teaching/{winter.pk}/hours/", OPEN | typed)
    assert refused.status_code == 400
    assert said in refused.content.decode()
    assert not OfficeHour.objects.exists()


def test_what_is_past_or_canceled_is_neither_booked_nor_canceled_nor_moved(
    client, winter, seated, new_hour, instructor
):
    hour, canceled = new_hour(), new_hour("20:00")
    canceled.cancel(instructor)
    with pytest.raises(HoursRefused, match="was canceled"):
        canceled.book(seated, "A")
    booking = hour.book(seated, "A")
    with time_machine.travel(hour.starts_at, tick=False):
        client.force_login(seated)
        page = client.post(f"/office-hours/bookings/{booking.pk}/cancel/", follow=True).content.decode()
        assert "It has begun" in page
        assert "now</h3>" in page
        with pytest.raises(HoursRefused, match="has begun"):
            new_hour("17:59").book(seated, "B")
        client.force_login(instructor)
        moved = client.post(f"/teaching/hours/{hour.pk}/", {**OPEN, "starts_at": "2027-01-20T18:30"})
        assert moved.status_code == 400
        client.post(f"/teaching/hours/{hour.pk}/cancel/")
    hour.refresh_from_db()
    assert (hour.canceled_at, hour.booked, hour.starts_at) == (None, 1, at("2027-01-18", "18:00"))


def test_whoever_leaves_the_session_comes_to_none_and_the_place_is_free_again(
    winter, seated, other, new_hour, new_session, instructor, admin
):
    past = new_hour("18:00", starts_at=NOW - datetime.timedelta(days=1), ends_at=NOW - datetime.timedelta(hours=23))
    kept = Booking.objects.create(hour=past, student=seated, about="Past")
    OfficeHour.objects.filter(pk=past.pk).update(booked=1)
    hour, later = new_hour(), new_hour("19:00")
    hour.book(seated, "A")
    later.book(other, "B")
    letters()
    Enrollment.objects.get(user=seated, session=winter).withdraw()
    assert list(Booking.objects.live().filter(student=seated)) == [kept]
    text = Mail.objects.get(address=instructor.email).text
    assert "Student no longer has a seat in the session" in text
    # Who comes back books again, and finds what others have booked meanwhile.
    Enrollment.objects.enroll(seated, winter)
    hour.book(other, "C")
    with pytest.raises(HoursRefused, match="quicker"):
        hour.book(seated, "D")
    transfer(Enrollment.objects.get(user=other, session=winter), new_session("spring", price=0), admin)
    hour.book(seated, "E")
    cancel_session(winter, admin, "Too few")
    assert list(Booking.objects.live()) == [kept]
    assert set(OfficeHour.objects.exclude(pk=past.pk).values_list("booked", flat=True)) == {0}


def test_only_those_with_a_settled_seat_book_and_only_staff_of_the_session_open(
    client, winter, new_session, new_hour, student, other, stranger, instructor, assistant
):
    unpaid = new_session("unpaid", starts_on=winter.starts_on, ends_on=winter.ends_on)
    Enrollment.objects.enroll(student, unpaid)
    hour, theirs = new_hour(), new_hour("20:00", session=unpaid)
    for slot in (hour, theirs):
        with pytest.raises(HoursRefused, match="for those who have a seat"):
            slot.book(student, "A")
        client.force_login(student)
        assert client.post(page_of(slot.session), {"hour": slot.pk, "about": "A"}).status_code == 404
        assert client_of(student).post(f"{API}/office-hours/{slot.pk}/book/", {"about": "A"}).status_code == 404
    # Staff see the page, and do not book on it. An assistant changes their own alone.
    client.force_login(assistant)
    assert client.get(page_of(winter)).status_code == 200
    assert client.post(page_of(winter), {"hour": hour.pk, "about": "A"}).status_code == 404
    assert client.get(f"/teaching/hours/{hour.pk}/").status_code == 404
    own = new_hour("21:00", host=assistant)
    assert client.get(f"/teaching/hours/{own.pk}/").status_code == 200
    client.force_login(instructor)
    assert client.post(f"/teaching/hours/{own.pk}/cancel/", {"reason": "R"}).status_code == 302
    assert OfficeHour.objects.get(pk=own.pk).canceled_at is not None
    assert client_of(stranger).post(f"{API}/office-hours/", {**OPEN, "session": winter.pk}).status_code == 400
    # Another's booking is not there to cancel.
    Enrollment.objects.enroll(other, winter)
    booking = hour.book(other, "A")
    client.force_login(student)
    assert client.post(f"/office-hours/bookings/{booking.pk}/cancel/").status_code == 404


def test_who_is_no_longer_staff_is_not_booked_any_more_and_what_is_booked_stays_until_somebody_cancels_it(
    client, winter, seated, other, new_hour, instructor, assistant, admin
):
    booked, free, of_admin = new_hour(host=assistant), new_hour("19:00", host=assistant), new_hour("20:00", host=admin)
    booked.book(seated, "Mine")
    theirs = client_of(other)
    assert len(theirs.get(f"{API}/office-hours/").json()["results"]) == 2
    winter.assistants.remove(assistant)
    # Admins are staff of every session.
    assert [hour["id"] for hour in theirs.get(f"{API}/office-hours/").json()["results"]] == [of_admin.pk]
    with pytest.raises(HoursRefused, match="Assistant is no longer of this session's staff. Choose another one."):
        free.book(other, "A")
    is_problem(theirs.post(f"{API}/office-hours/{free.pk}/book/", {"about": "A"}), 409, "no longer")
    client.force_login(other)
    assert f'value="{free.pk}"' not in client.get(page_of(winter)).content.decode()
    client.force_login(seated)
    page = client.get(page_of(winter)).content.decode()
    assert "Assistant is no longer of this session’s staff. <a" in page
    assert "With Assistant" in client.get("/").content.decode()
    assert set(events(client, address_of(assistant))) == {"Office hour: Student"}
    client.force_login(instructor)
    page = client.get(f"/teaching/{winter.pk}/hours/").content.decode()
    assert page.count("nobody can book it any more") == 2
    assert page.count("Write to who has booked it") == 1
    letters()
    assert client.post(f"/teaching/hours/{booked.pk}/cancel/", {"reason": ""}).status_code == 302
    assert seated.email in dict(letters())
    # Who comes back can be booked again; who may not sign in any more cannot.
    winter.assistants.add(assistant)
    free.book(other, "A")
    User.objects.filter(pk=admin.pk).update(is_active=False)
    with pytest.raises(HoursRefused, match="no longer"):
        of_admin.book(other, "A")


def test_it_lands_in_both_calendars_and_leaves_them(client, winter, seated, new_hour, instructor):
    hour, free = new_hour(), new_hour("19:00", join_url="")
    booking = hour.book(seated, "Line one")
    mine = events(client, address_of(seated))
    assert set(mine) == {"Office hour with Instructor"}
    event = mine["Office hour with Instructor"]
    assert event.dtstart.astimezone(datetime.UTC) == hour.starts_at
    assert event.dtstart.replace(tzinfo=None) == datetime.datetime(2027, 1, 18, 18)
    assert (event.location, "Line one" in event.description) == ("B 12", True)
    assert str(event.url) == f"http://127.0.0.1:8000{page_of(winter)}"
    # Whoever knows the address of a calendar joins nothing.
    assert b"meet.example.org" not in client.get(address_of(seated)).content
    assert set(events(client, address_of(instructor))) == {"Office hour: Student", "Office hour: not booked"}
    before = events(client, address_of(instructor))["Office hour: Student"]
    hour.starts_at, hour.ends_at = at("2027-01-20", "18:00"), at("2027-01-20", "18:20")
    hour.keep(instructor)
    after = events(client, address_of(instructor))["Office hour: Student"]
    assert (before.uid, before.sequence + 1) == (after.uid, after.sequence)
    booking.cancel()
    free.cancel(instructor)
    assert events(client, address_of(seated)) == {}
    assert set(events(client, address_of(instructor))) == {"Office hour: not booked"}


def test_programs_open_find_book_move_and_cancel(winter, seated, other, instructor):
    staff, mine, theirs = client_of(instructor), client_of(seated), client_of(other)
    asked = {**OPEN, "starts_at": "2027-01-18T18:00:00-05:00", "session": winter.pk}
    opened = staff.post(f"{API}/office-hours/", asked, format="json")
    assert (opened.status_code, len(opened.json())) == (201, 3)
    is_problem(staff.post(f"{API}/office-hours/", asked, format="json"), 400, "another office hour")
    is_problem(
        staff.post(f"{API}/office-hours/", {**asked, "room": "", "join_url": ""}, format="json"), 400, "Say where"
    )
    address = f"{API}/office-hours/{opened.json()[0]['id']}/"
    free = mine.get(f"{API}/office-hours/", {"session": winter.pk, "free": "true"}).json()["results"]
    assert [(hour["free"], hour["join_url"], hour["bookings"]) for hour in free] == [(1, "", [])] * 3
    is_problem(mine.post(f"{address}book/", {"about": ""}), 400, "about")
    booked = mine.post(f"{address}book/", {"about": "A"}).json()
    assert (booked["free"], booked["join_url"]) == (0, "https://meet.example.org/1")
    assert booked["bookings"][0]["about"] == "A"
    is_problem(theirs.post(f"{address}book/", {"about": "B"}), 409, "quicker")
    assert theirs.get(address).status_code == 404
    assert [hour["id"] for hour in mine.get(f"{API}/office-hours/", {"mine": "true"}).json()["results"]] == [
        booked["id"]
    ]
    assert len(mine.get(f"{API}/office-hours/", {"mine": "false"}).json()["results"]) == 2
    late = {"starts_at__gte": "2027-01-18T23:30:00Z", "free": "false"}
    assert staff.get(f"{API}/office-hours/", late).json()["results"] == []
    assert mine.patch(address, {"room": "C"}).status_code == 404
    moved = staff.patch(address, {"starts_at": "2027-01-20T18:00:00-05:00"}, format="json").json()
    assert (moved["starts_at"], moved["ends_at"]) == ("2027-01-20T23:00:00Z", "2027-01-20T23:20:00Z")
    assert mine.post(f"{address}cancel/").json()["bookings"] == []
    is_problem(mine.post(f"{address}cancel/"), 409, "You have not booked this one")
    assert staff.post(f"{address}cancel/", {"reason": "R"}).json()["canceled_at"] is not None
    is_problem(staff.post(f"{address}cancel/"), 409, "was canceled before")
    assert mine.get(address).status_code == 404


def test_the_database_refuses_what_no_form_lets_through(winter, new_hour, seated):
    hour = new_hour()
    for wrong in ({"booked": 2}, {"room": "", "join_url": ""}, {"ends_at": hour.starts_at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OfficeHour.objects.filter(pk=hour.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        new_hour()
    hour.book(seated, "A")
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(hour=hour, student=seated, about="B")


def test_pages_ask_no_oftener_for_many_slots_than_for_few(
    client, winter, seated, other, new_hour, instructor, django_assert_max_num_queries
):
    new_hour("08:00").book(seated, "A")
    new_hour("08:30")
    addresses = {
        seated: [page_of(winter), f"{API}/office-hours/", address_of(seated)],
        instructor: [f"/teaching/{winter.pk}/hours/", f"{API}/office-hours/", address_of(instructor)],
    }
    clients = {person: Client() for person in addresses}
    pages = [(person, address) for person, some in addresses.items() for address in some]
    few = {}
    for person, address in pages:
        clients[person].force_login(person)
        clients[person].get(address)
        with CaptureQueriesContext(connection) as few[address, person]:
            clients[person].get(address)
    for number in range(9, 13):
        new_hour(f"{number:02}:00").book(seated if number % 2 else other, "A")
        new_hour(f"{number:02}:30")
    for person, address in pages:
        with django_assert_max_num_queries(len(few[address, person])):
            clients[person].get(address)
