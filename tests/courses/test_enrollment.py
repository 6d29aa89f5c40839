"""Seats under concurrency, and what the database refuses."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from courses.enrollment.models import SessionFull
from courses.enrollment.orders.payments import notified, receive
from courses.enrollment.orders.providers import PROVIDERS
from courses.enrollment.seats import accept_offer, ask_for_seat, transfer
from courses.enrollment.tasks import tend_seats
from courses.models import Course, Enrollment, Order, Section, Session, Transaction, User, Voucher, WaitingEntry
from grader.models import Submission
from tests.courses.test_teaching import FACTS


def new_session(**values):
    today = timezone.now().date()
    course, _ = Course.objects.get_or_create(slug="course", title="Course")
    return Session.objects.create(**{
        "course": course, "slug": "s", "modality": "online", "time_zone": "UTC", "seats": 5, "price": 1,
        "published": True, "starts_on": today, "ends_on": today + datetime.timedelta(days=9), **values,
    })  # fmt: skip


def at_once(*deeds):
    """Run each in a thread of its own, begun together; what each gave or raised."""
    start, outcomes = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(n, deed):
        start.wait()
        try:
            outcomes[n] = deed()
        except Exception as error:
            outcomes[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, deed)) for n, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_ask_at_once_for_five_seats_five_get_one():
    session = new_session(seats=5)
    people = [User.objects.create_user(f"{n}@example.org") for n in range(20)]
    outcomes = at_once(*[lambda person=person: Enrollment.objects.enroll(person, session) for person in people])
    assert sum(isinstance(outcome, Enrollment) for outcome in outcomes) == 5
    assert sum(isinstance(outcome, SessionFull) for outcome in outcomes) == 15
    session.refresh_from_db()
    assert (session.seats_taken, Enrollment.objects.count()) == (5, 5)


@pytest.mark.django_db(transaction=True)
def test_one_who_asks_eight_times_at_once_gets_one_seat():
    session, person = new_session(), User.objects.create_user("one@example.org")
    outcomes = at_once(*[lambda: Enrollment.objects.enroll(person, session)] * 8)
    assert {outcome.pk for outcome in outcomes} == {Enrollment.objects.get().pk}
    session.refresh_from_db()
    assert session.seats_taken == 1


@pytest.mark.django_db(transaction=True)
def test_withdrawing_many_times_at_once_frees_one_seat():
    session = new_session()
    person, other = User.objects.create_user("one@example.org"), User.objects.create_user("two@example.org")
    enrollment = Enrollment.objects.enroll(person, session)
    Enrollment.objects.enroll(other, session)
    at_once(*[Enrollment.objects.get(pk=enrollment.pk).withdraw] * 6)
    session.refresh_from_db()
    assert session.seats_taken == 1


@pytest.mark.django_db(transaction=True)
def test_forty_submissions_claimed_by_eight_at_once_are_claimed_once_each(transactional_db, settings):
    settings.GRADING_PROCESSES = {"numpy": 2}  # of so few none is kept back
    from courses.models import Lecture
    from grader.models import Exercise

    exercise = Exercise.objects.create(
        slug="e", version="v", title="E", lecture=Lecture.objects.create(slug="l", title="L"), points=1, flavor="numpy",
        wall_seconds=10, statement="", starter="",
    )  # fmt: skip
    people = [User.objects.create_user(f"{n}@example.org") for n in range(4)]
    for n in range(40):
        Submission.objects.create(student=people[n % 4], exercise=exercise, source="x")

    def claim_all():
        claimed = []
        while (submission := Submission.objects.claim_next("numpy")) is not None:
            claimed.append(submission.pk)
        return claimed

    claims = [pk for claimed in at_once(*[claim_all] * 8) for pk in claimed]
    assert sorted(claims) == sorted(Submission.objects.values_list("pk", flat=True))
    assert set(Submission.objects.values_list("attempt", flat=True)) == {1}


def test_who_withdrew_comes_back_to_the_same_enrollment(db):
    session, person = new_session(seats=1), User.objects.create_user("one@example.org")
    first = Enrollment.objects.enroll(person, session)
    first.withdraw()
    assert Enrollment.objects.enroll(person, session) == first
    assert Enrollment.objects.get().is_active
    with pytest.raises(SessionFull):
        Enrollment.objects.enroll(User.objects.create_user("two@example.org"), session)


@pytest.mark.parametrize(
    "values",
    [
        {"seats": 1, "seats_taken": 2},
        {"ends_on": datetime.date(2000, 1, 1)},
        {"price": -1},
        {"modality": "in_class", "place": ""},
    ],
)
def test_the_database_refuses_a_session_that_cannot_be(db, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        new_session(**values)


def test_the_database_refuses_two_sections_in_one_place(db):
    course = new_session().course
    Section.objects.create(course=course, slug="a", title="A", position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.create(course=course, slug="b", title="B", position=1)


# --- what people do at once -----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_all_who_ask_at_once_as_many_as_there_are_seats_get_one_and_the_others_wait():
    # Two hundred for twenty seats; SQLite writes one after another, and fewer show it.
    number, places = (200, 20) if connection.vendor == "postgresql" else (40, 8)
    session = new_session(seats=places)
    people = [User.objects.create_user(f"{n}@example.org") for n in range(number)]
    outcomes = at_once(
        *[lambda person=person: ask_for_seat(person, Session.objects.get(pk=session.pk)) for person in people]
    )
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert sum(outcome.enrollment is not None for outcome in outcomes) == places
    assert sorted(outcome.waiting.place for outcome in outcomes if outcome.waiting) == list(
        range(1, number - places + 1)
    )
    session.refresh_from_db()
    assert (session.seats_taken, Enrollment.objects.active().count()) == (places, places)
    assert WaitingEntry.objects.queued().count() == number - places


def seated(session, name):
    """A person with a seat, unpaid."""
    return ask_for_seat(User.objects.create_user(f"{name}@example.org"), session).enrollment


def gateway(order, amount, reference):
    """Have the gateway notify of a payment."""
    body = PROVIDERS["test"].notification(order, Decimal(amount), reference=reference)
    return notified(PROVIDERS["test"], body, PROVIDERS["test"].sign(body))


@pytest.mark.django_db(transaction=True)
def test_a_notification_that_comes_eight_times_at_once_is_booked_once():
    order = seated(new_session(), "one").order
    outcomes = at_once(*[lambda: gateway(Order.objects.get(pk=order.pk), 1, "r")] * 8)
    assert {outcome.pk for outcome in outcomes} == {Transaction.objects.get(kind="payment").pk}
    assert order.outstanding == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_into_the_last_seat_at_once_one_does():
    here, there = new_session(), new_session(slug="there", seats=1)
    movers = [seated(here, "one"), seated(here, "two")]
    admin = User.objects.create_superuser("admin@example.org")
    outcomes = at_once(*[
        lambda mover=mover: transfer(Enrollment.objects.get(pk=mover.pk), Session.objects.get(pk=there.pk), admin)
        for mover in movers
    ])  # fmt: skip
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Enrollment", "SessionFull"]
    assert list(Session.objects.order_by("slug").values_list("seats_taken", flat=True)) == [1, 1]
    assert Enrollment.objects.active().count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "data"),
    [("refund", {"refund-amount": "1"}), ("waive", {"waive-amount": "1", "waive-reason": "Kindness."})],
)
def test_of_admins_who_book_the_same_at_once_one_does(name, data):
    order = seated(new_session(), "one").order
    if name == "refund":
        receive(order, Decimal(1), "manual", "r")
    admin = User.objects.create_superuser("admin@example.org")

    def book():
        client = Client(raise_request_exception=False)
        client.force_login(admin)
        return client.post(f"/money/orders/{order.pk}/{name}/", data).status_code

    assert sorted(at_once(*[book] * 4)) == [302, 400, 400, 400]
    assert Transaction.objects.filter(kind="refund" if name == "refund" else "credit").count() == 1


@pytest.mark.django_db(transaction=True)
def test_sessions_that_are_made_at_once_and_people_who_are_added_at_once_have_names_of_their_own():
    session, admin = new_session(), User.objects.create_superuser("admin@example.org")

    def post(address, data):
        client = Client(raise_request_exception=False)
        client.force_login(admin)
        return client.post(address, data).status_code

    facts = {**FACTS, "course": session.course_id}
    assert at_once(*[lambda: post("/teaching/new/", facts)] * 4) == [302] * 4
    assert Session.objects.filter(slug__startswith="online-2027-01-11").count() == 4
    person = {"email": "new@example.org", "name": "Nia"}
    assert sorted(at_once(*[lambda: post(f"/teaching/{session.pk}/roster/add/", person)] * 4)) == [302, 400, 400, 400]
    assert Enrollment.objects.filter(user__email="new@example.org").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_who_is_moved_to_two_sessions_at_once_has_one_seat():
    here, targets = new_session(), [new_session(slug="a"), new_session(slug="b")]
    seat, admin = seated(here, "one"), User.objects.create_superuser("admin@example.org")
    gateway(seat.order, 1, "r")
    outcomes = at_once(*[
        lambda target=target: transfer(Enrollment.objects.get(pk=seat.pk), Session.objects.get(pk=target.pk), admin)
        for target in targets
    ])  # fmt: skip
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Enrollment", "TransferRefused"]
    assert sorted(Session.objects.values_list("seats_taken", flat=True)) == [0, 0, 1]
    assert (Enrollment.objects.active().count(), sum(order.outstanding for order in Order.objects.all())) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_those_who_change_places_at_once_do_not_wait_for_each_other_forever():
    here, there = new_session(seats=10), new_session(slug="there", seats=10)
    moves = [(seated(here, f"here-{n}"), there) for n in range(5)] + [
        (seated(there, f"there-{n}"), here) for n in range(5)
    ]
    admin = User.objects.create_superuser("admin@example.org")
    outcomes = at_once(*[
        lambda seat=seat, to=to: transfer(Enrollment.objects.get(pk=seat.pk), Session.objects.get(pk=to.pk), admin)
        for seat, to in moves
    ])  # fmt: skip
    assert [outcome.session for outcome in outcomes] == [to for _, to in moves]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wanted", [False, True])
def test_a_payment_that_arrives_while_its_hold_is_released_keeps_the_seat_or_goes_back(wanted):
    session = new_session(seats=1)
    order = seated(session, "one").order
    if wanted:
        ask_for_seat(User.objects.create_user("two@example.org"), session)
    Order.objects.update(held_until=timezone.now() - datetime.timedelta(seconds=1))
    outcomes = at_once(tend_seats, tend_seats, lambda: gateway(Order.objects.get(pk=order.pk), 1, "r"))
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    order.refresh_from_db()
    seat = Enrollment.objects.get()
    assert order.outstanding == 0
    if seat.is_active:
        assert (order.seats_open, order.is_settled) == (1, True)
        assert not Transaction.objects.filter(kind="refund").exists()
    else:
        assert wanted
        assert Transaction.objects.get(kind="refund").amount == 1
        assert WaitingEntry.objects.offered().count() == 1
    session.refresh_from_db()
    assert session.seats_taken == 1


@pytest.mark.django_db(transaction=True)
def test_an_offer_that_is_accepted_while_it_is_passed_on_goes_to_one_person():
    session = new_session(seats=1)
    first = seated(session, "one")
    entries = [ask_for_seat(User.objects.create_user(f"{n}@example.org"), session).waiting for n in (1, 2)]
    first.withdraw()
    WaitingEntry.objects.filter(pk=entries[0].pk).update(
        offer_until=timezone.now() + datetime.timedelta(milliseconds=20)
    )
    at_once(tend_seats, lambda: accept_offer(WaitingEntry.objects.get(pk=entries[0].pk)), tend_seats)
    WaitingEntry.objects.filter(pk=entries[0].pk, ended_at=None).update(offer_until=timezone.now())
    tend_seats()
    session.refresh_from_db()
    assert session.seats_taken == 1
    assert Enrollment.objects.active().count() + WaitingEntry.objects.offered().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_voucher_with_one_use_lowers_one_of_two_orders_placed_at_once():
    Voucher.objects.create(code="ONCE", percent=50, most_uses=1)
    sessions = [new_session(), new_session(slug="there")]
    people = [User.objects.create_user(f"{n}@example.org") for n in range(2)]
    outcomes = at_once(*[
        lambda pair=pair: ask_for_seat(pair[0], Session.objects.get(pk=pair[1].pk), code="once")
        for pair in zip(people, sessions, strict=True)
    ])  # fmt: skip
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Seat", "VoucherRefused"]
    assert sorted(Session.objects.values_list("seats_taken", flat=True)) == [0, 1]
