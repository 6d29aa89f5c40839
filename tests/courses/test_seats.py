"""Waiting lists and offers, holds, withdrawing, moving, canceling: what becomes of seats and of what was paid."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from courses.enrollment.access import sessions_open_to
from courses.enrollment.orders.payments import receive
from courses.enrollment.orders.providers import PROVIDERS
from courses.enrollment.refusals import OfferOver, SessionClosed, SessionFull, TransferRefused
from courses.enrollment.seats import accept_offer, ask_for_seat, cancel_session, offer_free_seats, seat_of, transfer
from courses.enrollment.tasks import send_payouts, tend_seats
from courses.models import Change, Enrollment, Mail, Order, Payout, Session, User, WaitingEntry

IN_THREE_WEEKS = timezone.now().date() + datetime.timedelta(days=21)


@pytest.fixture
def later(new_session):
    """A session of one seat for 9,999 dollars that begins in three weeks."""
    return new_session("later", seats=1, price=9999, starts_on=IN_THREE_WEEKS, ends_on=IN_THREE_WEEKS)


@pytest.fixture
def cheaper(new_session):
    """The same for 3,999 dollars."""
    return new_session("cheaper", seats=1, price=3999, starts_on=IN_THREE_WEEKS, ends_on=IN_THREE_WEEKS)


@pytest.fixture
def people(db):
    return [User.objects.create_user(f"{name}@example.org", name=name) for name in ("ann", "bob", "cay", "dan")]


def pay(enrollment, amount=None, provider="test"):
    order = enrollment.order
    receive(order, amount or order.outstanding, provider, f"r{Order.objects.count()}-{timezone.now().timestamp()}")
    enrollment.refresh_from_db()


def mailed(user):
    return list(Mail.objects.filter(person=user).order_by("pk").values_list("subject", flat=True))


def days(number):
    return datetime.timedelta(days=number)


# --- enrolling ----------------------------------------------------------------------------------------


def test_a_seat_that_costs_something_is_held_and_opens_rooms_once_it_is_paid(later, student):
    enrollment = Enrollment.objects.enroll(student, later)
    order = enrollment.order
    assert order.outstanding == 9999
    assert abs(order.held_until - timezone.now() - days(7)) < datetime.timedelta(minutes=1)
    assert not sessions_open_to(student).exists()
    pay(enrollment)
    assert (enrollment.order.held_until, enrollment.order.outstanding) == (None, 0)
    assert sessions_open_to(student).get() == later


def test_a_seat_that_costs_nothing_or_is_waived_needs_no_order(later, student, other, new_session):
    free = Enrollment.objects.enroll(student, new_session("free", price=0))
    waived = Enrollment.objects.enroll(other, later, waive=True)
    assert (free.order, waived.order) == (None, None)
    assert sessions_open_to(other).get() == later


def test_a_session_that_takes_nobody_new_refuses(later, student):
    for values in ({"closed_at": timezone.now()}, {"canceled_at": timezone.now()}, {"published": False}):
        Session.objects.filter(pk=later.pk).update(
            **{"closed_at": None, "canceled_at": None, "published": True, **values}
        )
        with pytest.raises(SessionClosed):
            ask_for_seat(student, later)


# --- the waiting list ---------------------------------------------------------------------------------


def test_who_asks_for_a_seat_in_a_full_session_waits_and_the_next_is_offered_what_is_freed(later, people):
    ann, bob, cay, _ = people
    first = ask_for_seat(ann, later).enrollment
    assert [ask_for_seat(person, later).waiting.place for person in (bob, cay, bob)] == [1, 2, 1]
    first.withdraw()
    offer = WaitingEntry.objects.get(user=bob)
    assert offer.is_offered
    assert abs(offer.offer_until - timezone.now() - datetime.timedelta(hours=48)) < datetime.timedelta(minutes=1)
    assert WaitingEntry.objects.get(user=cay).place == 1
    assert "A seat is free for you" in mailed(bob)[-1]
    later.refresh_from_db()
    assert later.seats_taken == 1
    # A seat that is offered is taken for everybody else.
    assert ask_for_seat(ann, later).waiting.place == 2
    enrollment = accept_offer(offer)
    assert enrollment.is_held
    assert WaitingEntry.objects.get(pk=offer.pk).outcome == "taken"


def test_an_offer_that_ran_out_is_refused_and_the_person_may_join_again(later, people):
    ann, bob, cay, _ = people
    first = ask_for_seat(ann, later).enrollment
    entry, _ = ask_for_seat(bob, later).waiting, ask_for_seat(cay, later)
    first.withdraw()
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=49)):
        entry.refresh_from_db()
        with pytest.raises(OfferOver, match=r"has run out\. You can join the waiting list again"):
            accept_offer(entry)
        assert WaitingEntry.objects.get(user=cay).is_offered
        assert "went on" in mailed(bob)[-1]
        assert ask_for_seat(bob, later).waiting.place == 1
    assert not Enrollment.objects.active().exists()


def test_offers_that_run_out_lapse_by_themselves_once(later, people):
    ann, bob, cay, _ = people
    first = ask_for_seat(ann, later).enrollment
    ask_for_seat(bob, later), ask_for_seat(cay, later)
    first.withdraw()
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=49)):
        stale = WaitingEntry.objects.get(user=bob)
        tend_seats()
        stale.lapse()
        tend_seats()
        assert [WaitingEntry.objects.get(user=who).outcome for who in (bob, cay)] == ["lapsed", ""]
        later.refresh_from_db()
        assert later.seats_taken == 1


def test_declining_passes_the_seat_on_and_leaving_does_not(later, people):
    ann, bob, cay, dan = people
    ask_for_seat(ann, later).enrollment.withdraw()
    ask_for_seat(ann, later)
    entries = [ask_for_seat(person, later).waiting for person in (bob, cay, dan)]
    assert entries[1].leave()
    seat_of(ann, later).enrollment.withdraw()
    entries[0].refresh_from_db()
    assert entries[0].leave()
    assert not entries[0].leave()
    assert [WaitingEntry.objects.get(pk=entry.pk).outcome for entry in entries] == ["declined", "left", ""]
    assert WaitingEntry.objects.get(user=dan).is_offered


def test_more_seats_go_to_those_who_wait_and_only_what_is_left_to_others(later, people):
    ann, bob, cay, dan = people
    for person in (ann, bob, cay):
        ask_for_seat(person, later)
    later.refresh_from_db()
    later.seats = 4
    later.save()
    assert offer_free_seats(later) == 2
    assert ask_for_seat(dan, later).enrollment is not None


def test_staff_put_the_list_in_their_order(later, people, client, admin):
    ann, *others = people
    ask_for_seat(ann, later)
    entries = [ask_for_seat(person, later).waiting for person in others]
    client.force_login(admin)

    def do(what, entry):
        assert client.post(f"/teaching/{later.pk}/waiting/", {"do": what, "entry": entry.pk}).status_code == 302
        return [entry.user.name for entry in WaitingEntry.objects.queued()]

    assert do("first", entries[2]) == ["dan", "bob", "cay"]
    assert do("down", entries[2]) == ["bob", "dan", "cay"]
    assert do("up", entries[1]) == ["bob", "cay", "dan"]
    # Who joins later comes after.
    late = ask_for_seat(admin, later).waiting
    assert late.place == 4
    page = client.post(f"/teaching/{later.pk}/waiting/", {"do": "offer", "entry": late.pk}, follow=True)
    assert "No seat is free" in page.content.decode()
    assert do("remove", entries[0]) == ["cay", "dan", "Admin"]
    assert "no longer on a waiting list" in mailed(others[0])[-1]
    assert Change.objects.filter(session=later).count() == 4


# --- holds --------------------------------------------------------------------------------------------


def test_an_unpaid_seat_is_reminded_of_once_then_released_to_the_waiting_list(later, people):
    ann, bob, *_ = people
    enrollment = ask_for_seat(ann, later).enrollment
    ask_for_seat(bob, later)
    start = timezone.now()
    subjects = []
    for day in (4, 5.1, 5.2, 7.1, 7.2):
        with time_machine.travel(start + days(day)):
            tend_seats()
            subjects.append(len(mailed(ann)))
    assert subjects == [1, 2, 2, 3, 3]
    assert "is not paid yet" in mailed(ann)[1]
    enrollment.refresh_from_db()
    assert enrollment.ending == "unpaid"
    assert (enrollment.order.outstanding, enrollment.order.seats_open) == (0, 0)
    assert WaitingEntry.objects.get(user=bob).offered_at is not None
    later.refresh_from_db()
    assert later.seats_taken == 1


def test_what_was_paid_in_part_goes_back_when_the_seat_is_released(later, student):
    enrollment = ask_for_seat(student, later).enrollment
    pay(enrollment, Decimal(1000))
    assert enrollment.is_held
    with time_machine.travel(timezone.now() + days(8)):
        tend_seats()
    assert enrollment.order.outstanding == 0
    assert enrollment.order.transactions.get(kind="refund").amount == 1000


def test_a_short_hold_is_reminded_of_when_a_third_is_left(new_session, student):
    session = new_session("soon", hold_hours=24)
    ask_for_seat(student, session)
    start = timezone.now()
    for hours, count in ((15, 1), (17, 2)):
        with time_machine.travel(start + datetime.timedelta(hours=hours)):
            tend_seats()
            assert len(mailed(student)) == count


# --- withdrawing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "back"), [(0, "9999.00"), (7, "9999.00"), (8, "4999.50"), (20, "4999.50"), (21, "0.00")]
)
def test_who_withdraws_gets_back_what_the_rule_says(later, student, day, back):
    enrollment = ask_for_seat(student, later).enrollment
    pay(enrollment)
    at = datetime.datetime.combine(timezone.now().date() + days(day), datetime.time(16), datetime.UTC)
    with time_machine.travel(at):
        assert enrollment.return_today.back == Decimal(back)
        enrollment.withdraw()
        enrollment.withdraw()
    refunds = sum(refund.amount for refund in enrollment.order.transactions.filter(kind="refund"))
    assert (refunds, enrollment.order.outstanding) == (Decimal(back), 0)
    later.refresh_from_db()
    assert later.seats_taken == 0


def test_a_provider_that_cannot_be_reached_is_asked_again_for_the_same_refund(
    client, later, student, admin, monkeypatch
):
    """The refund is in the books at once; what the provider is told names it by one reference."""
    asked = []

    def refund(payment, amount, reference):
        asked.append((payment.amount, amount, reference))
        if len(asked) == 1:
            raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(PROVIDERS["test"], "refund", refund)
    enrollment = Enrollment.objects.enroll(student, later)
    pay(enrollment)
    enrollment.withdraw()
    assert enrollment.order.outstanding == 0
    assert asked == []

    send_payouts()
    payout = Payout.objects.get()
    assert (payout.sent_at, payout.attempts, payout.error) == (None, 1, "nobody listens")
    client.force_login(admin)
    assert "nobody listens" in client.get("/money/").content.decode()
    send_payouts()
    assert len(asked) == 1
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=2)):
        send_payouts()
        send_payouts()
    assert asked == [(Decimal("9999.00"), Decimal("9999.00"), payout.refund.reference)] * 2
    payout.refresh_from_db()
    assert payout.sent_at is not None
    assert "nobody listens" not in client.get("/money/").content.decode()


def test_the_rule_goes_by_the_dates_of_the_sessions_zone(new_session, student):
    session = new_session(
        "auckland",
        time_zone="Pacific/Auckland",
        starts_on=datetime.date(2030, 6, 10),
        ends_on=datetime.date(2030, 6, 20),
    )
    # In Auckland the first day has begun, in New York it has not.
    with time_machine.travel(datetime.datetime(2030, 6, 9, 12, 30, tzinfo=datetime.UTC)):
        assert session.refund_percent == 0
    with time_machine.travel(datetime.datetime(2030, 6, 9, 11, 30, tzinfo=datetime.UTC)):
        assert session.refund_percent == 50


def test_who_has_paid_nothing_owes_nothing_and_who_paid_by_hand_is_paid_back_by_hand(
    session, later, student, client, admin
):
    late = ask_for_seat(student, session).enrollment
    assert (late.return_today.back, late.return_today.kept) == (0, 0)
    late.withdraw()
    assert late.order.outstanding == 0
    enrollment = ask_for_seat(student, later).enrollment
    pay(enrollment, provider="manual")
    enrollment.withdraw()
    assert enrollment.order.outstanding == -9999
    client.force_login(admin)
    assert "USD\xa09,999.00" in client.get("/money/").content.decode().partition("To be paid back")[2]
    client.post(f"/money/orders/{enrollment.order_id}/refund/", {"refund-amount": "9999"})
    assert enrollment.order.outstanding == 0


# --- moving -------------------------------------------------------------------------------------------


def test_a_move_to_a_dearer_session_leaves_the_difference_to_pay(cheaper, later, student, admin):
    enrollment = ask_for_seat(student, cheaper).enrollment
    pay(enrollment)
    moved = transfer(enrollment, later, admin)
    assert (enrollment.ending, enrollment.order.outstanding) == ("moved", 0)
    assert (moved.order.outstanding, moved.is_held) == (6000, True)
    assert Change.objects.get().what.startswith("moved Student to")
    pay(moved)
    assert not moved.is_held
    # And from there all of it comes back, out of both payments.
    moved.withdraw()
    assert sorted(refund.amount for refund in moved.order.transactions.filter(kind="refund")) == [3999, 6000]
    assert moved.order.outstanding == 0


def test_a_move_to_a_cheaper_session_gives_the_difference_back(cheaper, later, student, admin):
    enrollment = ask_for_seat(student, later).enrollment
    pay(enrollment)
    moved = transfer(enrollment, cheaper, admin)
    assert enrollment.order.transactions.get(kind="refund").amount == 6000
    assert (moved.order.outstanding, moved.is_held) == (0, False)
    moved.withdraw()
    assert (moved.order.outstanding, enrollment.order.outstanding) == (0, 0)


def test_a_move_before_anything_was_paid_asks_for_the_new_price_alone(cheaper, later, student, admin):
    moved = transfer(ask_for_seat(student, cheaper).enrollment, later, admin)
    assert moved.order.outstanding == 9999
    cheaper.refresh_from_db()
    assert cheaper.seats_taken == 0


def test_who_was_asked_for_nothing_is_asked_for_nothing_after_a_move(cheaper, later, student, admin):
    moved = transfer(Enrollment.objects.enroll(student, cheaper, waive=True), later, admin)
    assert moved.order is None


def test_a_move_is_refused_and_nothing_moves(cheaper, later, new_session, student, other, admin):
    enrollment = ask_for_seat(student, cheaper).enrollment
    ask_for_seat(other, later)
    for to, why in (
        (later, SessionFull),
        (new_session("euro", currency="EUR"), TransferRefused),
        (new_session("closed", closed_at=timezone.now()), SessionClosed),
        (new_session("canceled", canceled_at=timezone.now()), SessionClosed),
        (new_session("draft", published=False), SessionClosed),
        (cheaper, TransferRefused),
    ):
        with pytest.raises(why):
            transfer(enrollment, to, admin)
    enrollment.refresh_from_db()
    assert enrollment.is_active
    assert Order.objects.count() == 2


def test_a_student_moves_by_themselves_before_the_first_day_only(client, cheaper, session, later, student):
    client.force_login(student)
    ask_for_seat(student, cheaper)
    page = client.get(cheaper.get_absolute_url()).content.decode()
    assert "Move to another session" in page
    assert client.post(f"{cheaper.get_absolute_url()}transfer/", {"to": later.pk}).status_code == 302
    assert seat_of(student, later).enrollment.order.outstanding == 9999
    ask_for_seat(student, session)  # which begins today
    assert client.post(f"{session.get_absolute_url()}transfer/", {"to": cheaper.pk}).status_code == 404


# --- canceling ----------------------------------------------------------------------------------------


def test_a_canceled_session_gives_everything_back_and_tells_everybody(later, people, admin):
    later.seats = 3
    later.save()
    ann, bob, cay, dan = people
    paid, held = (ask_for_seat(person, later).enrollment for person in (ann, bob))
    pay(paid)
    Enrollment.objects.enroll(cay, later, waive=True)
    ask_for_seat(dan, later)
    with time_machine.travel(timezone.now() + days(20)):  # late, and yet in full
        held.order.hold()
        cancel_session(later, admin, "The room is flooded.")
        cancel_session(later, admin, "Again.")
    later.refresh_from_db()
    assert (later.state, later.seats_taken) == ("canceled", 0)
    assert set(Enrollment.objects.values_list("ending", flat=True)) == {"canceled"}
    assert [order.outstanding for order in Order.objects.all()] == [0, 0]
    assert paid.order.transactions.get(kind="refund").amount == 9999
    assert WaitingEntry.objects.get().outcome == "canceled"
    for person in people:
        assert mailed(person)[-1].startswith("[Gradus] Canceled:")
        assert "The room is flooded." in Mail.objects.filter(person=person).first().text
    assert Change.objects.filter(what__contains="flooded").count() == 1
    assert Mail.objects.filter(subject__contains="Canceled").count() == 4


# --- pages --------------------------------------------------------------------------------------------


def test_the_session_page_has_one_button_for_where_a_person_stands(client, later, people):
    ann, bob, *_ = people
    address = later.get_absolute_url()

    def buttons():
        area = client.get(address).content.decode().partition('id="seat"')[2].partition("</section>")[0]
        found = (
            "Enroll</button",
            "Join the waiting list</button",
            "Accept the seat</button",
            ">Pay</a",
            "place 1",
            "Sign up",
        )
        return [text.partition("<")[0].strip(">") for text in found if text in area]

    assert buttons() == ["Sign up"]
    client.force_login(ann)
    assert buttons() == ["Enroll"]
    client.post(f"{address}enroll/")
    assert buttons() == ["Pay"]
    client.force_login(bob)
    assert buttons() == ["Join the waiting list"]
    client.post(f"{address}enroll/")
    assert buttons() == ["place 1"]
    seat_of(ann, later).enrollment.withdraw()
    assert buttons() == ["Accept the seat"]
    assert "A seat is free for you" in client.get("/").content.decode()
    with time_machine.travel(timezone.now() + days(3)):
        client.force_login(bob)
        assert buttons() == ["Join the waiting list"]
        page = client.post(f"{address}seat/accept/", follow=True).content.decode()
        assert "The seat is yours" not in page
        assert "the offer has run out" in page
        assert WaitingEntry.objects.get(user=bob).outcome == "lapsed"
        assert seat_of(bob, later).enrollment is None
    assert "USD" not in client.get("/").content.decode().partition("Catalog")[0]


def test_the_page_says_what_comes_back_before_one_withdraws(client, later, student):
    client.force_login(student)
    enrollment = ask_for_seat(student, later).enrollment
    assert "You have paid nothing" in client.get(later.get_absolute_url()).content.decode()
    pay(enrollment)
    assert "USD\xa09,999.00</strong>" in client.get(later.get_absolute_url()).content.decode()
    with time_machine.travel(timezone.now() + days(15)):
        client.force_login(student)
        page = client.get(later.get_absolute_url()).content.decode()
        assert "USD\xa04,999.50</strong>; USD\xa04,999.50 are kept" in page


def test_the_admin_withdraws_by_the_rule(client, session, student, admin):
    enrollment = ask_for_seat(student, session).enrollment
    pay(enrollment)
    client.force_login(admin)
    client.post("/admin/courses/enrollment/", {"action": "withdraw", "_selected_action": [enrollment.pk]})
    enrollment.refresh_from_db()
    assert enrollment.ending == "withdrew"
    assert not enrollment.order.transactions.filter(kind="refund").exists()  # the session has begun
    assert Change.objects.get().what == "withdrew Student"
