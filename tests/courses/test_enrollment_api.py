"""Seats by program: vouchers, moving, a company's order; the roster and the waiting list, for those who run a session."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from courses.enrollment.orders.payments import receive
from courses.enrollment.seats import ask_for_seat
from courses.models import (
    Change,
    Course,
    Enrollment,
    Mail,
    Order,
    SeatInvitation,
    Session,
    User,
    Voucher,
    WaitingEntry,
)
from tests.api.test_api import API, client_of, is_problem

JSON = {"format": "json"}
IN_THREE_WEEKS = timezone.now().date() + datetime.timedelta(days=21)
ACME = {"seats": 3, "company": "Acme", "billing_address": "1 Street"}


@pytest.fixture
def later(new_session, instructor, assistant):
    """A session like `session`, of one seat, that begins in three weeks."""
    made = new_session("later", seats=1, starts_on=IN_THREE_WEEKS, ends_on=IN_THREE_WEEKS)
    made.instructors.add(instructor.instructor)
    made.assistants.add(assistant)
    return made


@pytest.fixture
def cheaper(new_session, instructor):
    """Another one of the course, for 60 dollars."""
    made = new_session("cheaper", seats=1, price=60, starts_on=IN_THREE_WEEKS, ends_on=IN_THREE_WEEKS)
    made.instructors.add(instructor.instructor)
    return made


@pytest.fixture
def half(db):
    return Voucher.objects.create(code="HALF", percent=50)


def subjects(**to):
    return list(Mail.objects.filter(**to).order_by("pk").values_list("subject", flat=True))


def noted(actor):
    return list(Change.objects.filter(actor=actor).order_by("pk").values_list("what", flat=True))


def seats_taken(session):
    session.refresh_from_db()
    return session.seats_taken


# --- one's own seat -----------------------------------------------------------------------------------


def test_a_voucher_lowers_the_price_and_one_that_does_not_hold_takes_no_seat(session, student, half):
    program, asked = client_of(student), {"session": session.pk}
    is_problem(program.post(f"{API}/enrollments/", {**asked, "voucher": "NONE"}), 409, "There is no voucher “NONE”")
    is_problem(program.post(f"{API}/enrollments/", {**asked, "voucher": "x" * 41}), 400, "voucher")
    assert (seats_taken(session), Enrollment.objects.count()) == (0, 0)
    made = program.post(f"{API}/enrollments/", {**asked, "voucher": " half "})
    assert (made.status_code, "voucher" in made.json()) == (201, False)
    assert program.get(f"{API}/orders/{made.json()['order']}/").json()["owed"] == "50.00"
    half.refresh_from_db()
    assert half.uses == 1


def test_an_offer_is_accepted_with_a_voucher_and_stays_open_where_that_is_refused(later, student, other, half):
    first, entry = ask_for_seat(other, later).enrollment, ask_for_seat(student, later).waiting
    first.withdraw()
    program, address = client_of(student), f"{API}/waiting/{entry.pk}/accept/"
    is_problem(program.post(address, {"voucher": "NONE"}), 409, "no voucher")
    entry.refresh_from_db()
    assert entry.is_offered
    taken = program.post(address, {"voucher": "HALF"})
    assert taken.status_code == 200
    assert Order.objects.get(pk=taken.json()["order"]).outstanding == 50


def test_a_person_moves_to_another_session_and_gets_the_difference_back(later, cheaper, student):
    enrollment = ask_for_seat(student, later).enrollment
    receive(enrollment.order, Decimal(100), "test", "one")
    program, address = client_of(student), f"{API}/enrollments/{enrollment.pk}/move/"
    moved = program.post(address, {"session": cheaper.pk})
    assert (moved.status_code, moved.json()["session"], moved.json()["is_held"]) == (200, cheaper.pk, False)
    enrollment.refresh_from_db()
    assert (enrollment.ending, enrollment.order.outstanding) == ("moved", 0)
    assert (seats_taken(later), seats_taken(cheaper)) == (0, 1)
    assert "moved" in subjects(person=student)[-1]
    assert noted(student) == []
    is_problem(program.post(address, {"session": cheaper.pk}), 404)


def test_a_person_moves_only_where_they_may(later, cheaper, session, new_session, student, other):
    enrollment = ask_for_seat(student, later).enrollment
    program, address = client_of(student), f"{API}/enrollments/{enrollment.pk}/move/"
    elsewhere = new_session("elsewhere", course=Course.objects.create(slug="e", title="E"), starts_on=IN_THREE_WEEKS,
                            ends_on=IN_THREE_WEEKS)  # fmt: skip
    draft = new_session("draft", published=False, starts_on=IN_THREE_WEEKS, ends_on=IN_THREE_WEEKS)
    for target in (later.pk, elsewhere.pk, draft.pk, 999, "", "x"):
        is_problem(program.post(address, {"session": target}), 400, "session")
    is_problem(client_of(other).post(address, {"session": cheaper.pk}), 404)
    # The seat that is left there is for who waits.
    WaitingEntry.objects.create(session=cheaper, user=other)
    is_problem(program.post(address, {"session": cheaper.pk}), 409, "full")
    now = ask_for_seat(other, session).enrollment
    is_problem(client_of(other).post(f"{API}/enrollments/{now.pk}/move/", {"session": cheaper.pk}), 400, "session")
    assert set(Enrollment.objects.active()) == {enrollment, now}


# --- a company's order --------------------------------------------------------------------------------


def test_a_company_orders_sends_and_gives_back_seats(session, student, half):
    program = client_of(student)
    made = program.post(f"{API}/orders/", {"session": session.pk, **ACME, "voucher": "half"}, **JSON)
    assert made.status_code == 201
    shown = made.json()
    assert (shown["seats"], shown["owed"], shown["company"], shown["invitations"]) == (3, "150.00", "Acme", [])
    assert seats_taken(session) == 3
    address = f"{API}/orders/{shown['id']}/"
    sent = program.post(f"{address}invite/", {"emails": ["A@acme.example", "a@acme.example", "b@acme.example"]}, **JSON)
    assert [row["email"] for row in sent.json()["invitations"]] == ["a@acme.example", "b@acme.example"]
    assert SeatInvitation.objects.first().token not in sent.content.decode()
    assert len(subjects(address__endswith="@acme.example")) == 2
    is_problem(
        program.post(f"{address}invite/", {"emails": ["c@acme.example", "d@acme.example"]}, **JSON), 409, "free: 1"
    )
    is_problem(program.post(f"{address}invite/", {"emails": ["a@acme.example"]}, **JSON), 409, "a seat of this order")
    for emails in ([], ["nobody"], "c@acme.example"):
        is_problem(program.post(f"{address}invite/", {"emails": emails}, **JSON), 400, "emails")
    is_problem(program.post(f"{address}give-back/", {"seats": 2}, **JSON), 409, "Seats that are free: 1")
    is_problem(program.post(f"{address}give-back/", {"seats": 0}, **JSON), 400, "seats")
    assert program.post(f"{address}give-back/", {"seats": 1}, **JSON).json()["owed"] == "100.00"
    assert (seats_taken(session), SeatInvitation.objects.count()) == (2, 2)
    first, foreign = SeatInvitation.objects.first(), Order.objects.place(student, session, company="Other")
    for order, code in ((foreign.pk, 400), (shown["id"], 200), (shown["id"], 409)):
        answer = program.post(f"{API}/orders/{order}/take-back/", {"invitation": first.pk}, **JSON)
        assert answer.status_code == code
    assert [row.email for row in SeatInvitation.objects.filter(withdrawn_at=None)] == ["b@acme.example"]


def test_an_order_that_cannot_be_had_takes_no_seats(session, new_session, student):
    program, draft = client_of(student), new_session("draft", published=False)
    for changed, code, word in (
        ({"seats": 6}, 409, "Seats that are left: 5"),
        ({"voucher": "NONE"}, 409, "no voucher"),
        ({"seats": 0}, 400, "seats"),
        ({"seats": 501}, 400, "seats"),
        ({"company": " "}, 400, "company"),
        ({"billing_address": ""}, 400, "billing_address"),
        ({"session": draft.pk}, 400, "session"),
    ):
        is_problem(program.post(f"{API}/orders/", {"session": session.pk, **ACME, **changed}, **JSON), code, word)
    is_problem(program.post(f"{API}/orders/", {"session": session.pk}, **JSON), 400, "billing_address")
    assert (seats_taken(session), Order.objects.count(), Mail.objects.count()) == (0, 0, 0)


def test_only_the_buyer_handles_a_companys_seats_and_a_persons_own_order_has_none(session, student, other, admin):
    pk = client_of(student).post(f"{API}/orders/", {"session": session.pk, **ACME}, **JSON).json()["id"]
    own = Enrollment.objects.enroll(other, session).order
    for person, order in ((other, pk), (admin, pk), (other, own.pk)):
        for do, body in (("invite", {"emails": ["a@acme.example"]}), ("give-back", {"seats": 1}), ("take-back", {})):
            is_problem(client_of(person).post(f"{API}/orders/{order}/{do}/", body, **JSON), 404)
    assert (seats_taken(session), SeatInvitation.objects.count()) == (4, 0)


# --- the roster ---------------------------------------------------------------------------------------


def test_staff_enroll_a_person_who_gets_an_account_and_mail(session, instructor, admin):
    address = f"{API}/sessions/{session.pk}/members/"
    program = client_of(instructor)
    made = program.post(address, {"email": "New@Example.org", "name": "Nora New"}, **JSON)
    assert made.status_code == 201
    row = made.json()
    assert (row["name"], row["email"], row["standing"]) == ("Nora New", "new@example.org", "Not paid yet")
    new = User.objects.get(email="new@example.org")
    assert Enrollment.objects.get().order.outstanding == 100
    assert len(subjects(person=new)) == 2
    assert noted(instructor) == ["enrolled Nora New"]
    is_problem(program.post(address, {"email": "new@example.org"}, **JSON), 409, "has a seat in this session already")
    is_problem(program.post(address, {"email": "two@example.org", "waive": True}, **JSON), 400, "Only an admin")
    for body in ({"email": "nobody"}, {}, {"email": "two@example.org", "name": "x" * 151}):
        is_problem(program.post(address, body, **JSON), 400, "errors")
    free = client_of(admin).post(address, {"email": "two@example.org", "waive": True}, **JSON).json()
    assert (free["standing"], noted(admin)) == ("Owes nothing", ["enrolled two@example.org, who owes nothing"])
    assert {row["email"] for row in program.get(address).json()["results"]} == {"new@example.org", "two@example.org"}
    Session.objects.update(seats=2)
    is_problem(program.post(address, {"email": "three@example.org"}, **JSON), 409, "full")
    assert not User.objects.filter(email="three@example.org").exists()


def test_staff_withdraw_a_person_once(session, instructor, student, other):
    Enrollment.objects.enroll(other, session)
    seat = Enrollment.objects.enroll(student, session)
    receive(seat.order, Decimal(100), "test", "one")
    program, address = client_of(instructor), f"{API}/sessions/{session.pk}/members/"
    gone = program.post(f"{address}{seat.pk}/withdraw/")
    assert (gone.status_code, gone.json()["is_active"], gone.json()["standing"]) == (200, False, "Withdrew")
    is_problem(program.post(f"{address}{seat.pk}/withdraw/"), 404)
    assert (seats_taken(session), noted(instructor)) == (1, ["withdrew Student"])
    assert "withdrawn" in subjects(person=student)[-1]
    # Who has a seat comes first, then who left.
    assert [row["email"] for row in program.get(address).json()["results"]] == [other.email, student.email]


def test_staff_move_a_person_among_the_sessions_that_they_run(session, later, new_session, instructor, student):
    seat = Enrollment.objects.enroll(student, session)
    program, address = client_of(instructor), f"{API}/sessions/{session.pk}/members/{seat.pk}/move/"
    foreign, canceled = new_session("foreign"), new_session("canceled", canceled_at=timezone.now())
    canceled.instructors.add(instructor.instructor)
    for target in (session, foreign, canceled):
        is_problem(program.post(address, {"session": target.pk}, **JSON), 400, "session")
    Session.objects.filter(pk=later.pk).update(seats=0)
    is_problem(program.post(address, {"session": later.pk}, **JSON), 409, "full")
    assert (seats_taken(session), noted(instructor)) == (1, [])
    Session.objects.filter(pk=later.pk).update(seats=1)
    moved = program.post(address, {"session": later.pk}, **JSON)
    assert (moved.status_code, moved.json()["session"], moved.json()["is_active"]) == (200, later.pk, True)
    seat.refresh_from_db()
    assert (seat.ending, seats_taken(session), seats_taken(later)) == ("moved", 0, 1)
    assert noted(instructor) == [f"moved Student to {later}"]
    assert "moved" in subjects(person=student)[-1]


def test_who_does_not_run_the_session_changes_nothing_of_its_people(session, later, student, assistant, stranger):
    seat, entry = (
        Enrollment.objects.enroll(student, session),
        WaitingEntry.objects.create(session=session, user=stranger),
    )
    address = f"{API}/sessions/{session.pk}/"
    for person, reads in ((assistant, 200), (stranger, 404), (student, 404)):
        program = client_of(person)
        assert program.get(f"{address}members/").status_code == reads
        is_problem(program.get(f"{address}waiting/"), 404)
        for deed, body in (
            ("members/", {"email": "new@example.org"}),
            (f"members/{seat.pk}/withdraw/", {}),
            (f"members/{seat.pk}/move/", {"session": later.pk}),
            (f"waiting/{entry.pk}/place/", {"place": 1}),
            (f"waiting/{entry.pk}/offer/", {}),
            (f"waiting/{entry.pk}/remove/", {}),
        ):
            is_problem(program.post(f"{address}{deed}", body, **JSON), 404)
    assert (seats_taken(session), Change.objects.count(), WaitingEntry.objects.open().count()) == (1, 0, 1)
    assert not User.objects.filter(email="new@example.org").exists()


# --- the waiting list ---------------------------------------------------------------------------------


@pytest.fixture
def waiting(later, student):
    """Ann, Bob and Cay wait for the seat that the student has."""
    ask_for_seat(student, later)
    people = [User.objects.create_user(f"{name}@example.org", name=name.capitalize()) for name in ("ann", "bob", "cay")]
    return [ask_for_seat(person, later).waiting for person in people]


def test_staff_read_the_waiting_list_and_put_it_in_their_order(later, waiting, instructor):
    program, address = client_of(instructor), f"{API}/sessions/{later.pk}/waiting/"

    def order():
        return [(row["name"], row["place"]) for row in program.get(address).json()["results"]]

    assert order() == [("Ann", 1), ("Bob", 2), ("Cay", 3)]
    put = program.post(f"{address}{waiting[2].pk}/place/", {"place": 1}, **JSON)
    assert (put.status_code, put.json()["place"]) == (200, 1)
    assert order() == [("Cay", 1), ("Ann", 2), ("Bob", 3)]
    assert program.post(f"{address}{waiting[2].pk}/place/", {"place": 10**30}, **JSON).json()["place"] == 3
    for place in (0, -1, "first", None):
        is_problem(program.post(f"{address}{waiting[0].pk}/place/", {"place": place}, **JSON), 400, "place")
    assert order() == [("Ann", 1), ("Bob", 2), ("Cay", 3)]
    assert noted(instructor) == [f"moved Cay on the waiting list from place {a} to {b}" for a, b in ((3, 1), (1, 3))]


def test_staff_offer_a_free_seat_out_of_turn_and_take_the_offer_back(later, waiting, instructor):
    program, address = client_of(instructor), f"{API}/sessions/{later.pk}/waiting/"
    is_problem(program.post(f"{address}{waiting[1].pk}/offer/"), 409, "No seat is free")
    Session.objects.update(seats=2)
    assert program.post(f"{address}{waiting[1].pk}/offer/").json()["is_offered"]
    assert seats_taken(later) == 2
    assert [(row["name"], row["place"]) for row in program.get(address).json()["results"]] == [
        ("Bob", 0),
        ("Ann", 1),
        ("Cay", 2),
    ]
    for do in ("offer", "place"):
        is_problem(
            program.post(f"{address}{waiting[1].pk}/{do}/", {"place": 1}, **JSON), 409, "is offered a seat already"
        )
    assert program.post(f"{address}{waiting[1].pk}/remove/").status_code == 204
    is_problem(program.post(f"{address}{waiting[1].pk}/remove/"), 404)
    assert [WaitingEntry.objects.get(pk=entry.pk).outcome for entry in waiting] == ["", "declined", ""]
    assert "no longer on a waiting list" in subjects(person=waiting[1].user)[-1]
    # The seat goes to the first.
    assert WaitingEntry.objects.get(pk=waiting[0].pk).is_offered
    assert noted(instructor) == ["offered a seat to Bob", "took Bob off the waiting list"]


def test_who_waits_elsewhere_is_not_on_this_list(session, waiting, instructor):
    program, address = client_of(instructor), f"{API}/sessions/{session.pk}/waiting/"
    assert program.get(address).json()["count"] == 0
    for do in ("place", "offer", "remove"):
        is_problem(program.post(f"{address}{waiting[0].pk}/{do}/", {"place": 1}, **JSON), 404)
    assert noted(instructor) == []


def test_whom_an_admin_takes_off_the_list_by_hand_is_told_as_well(client, waiting, admin):
    client.force_login(admin)
    client.post(
        "/admin/courses/waitingentry/", {"action": "take_off", "_selected_action": [entry.pk for entry in waiting[:2]]}
    )
    assert [entry.user.name for entry in WaitingEntry.objects.open()] == ["Cay"]
    assert noted(admin) == [f"took {name} off the waiting list" for name in ("Bob", "Ann")]
    assert "no longer on a waiting list" in subjects(person=waiting[0].user)[-1]
