"""Seats: where a person stands with a session, and what moves them: asking, accepting, moving, canceling, lapsing.

Whatever moves seats locks the session first, does all of it in one transaction, and ends by offering what is free
to the next who wait. So nothing is ever oversold, and whoever comes second is told.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from courses.enrollment.access import Person
from courses.enrollment.models import Enrollment
from courses.enrollment.orders import ledger
from courses.enrollment.orders.models import Order, SeatInvitation
from courses.enrollment.orders.payments import send_back
from courses.enrollment.refusals import OfferOver, SessionFull, TransferRefused
from courses.enrollment.waiting.models import WaitingEntry
from courses.people import audit, mail
from courses.people.models import User
from courses.sessions.models import Session

Ending = Enrollment.Ending


@dataclass(frozen=True)
class Seat:
    """What the person has in the session: an active enrollment, or an open entry of the waiting list."""

    enrollment: Enrollment | None = None
    waiting: WaitingEntry | None = None

    @property
    def may_move_to(self) -> QuerySet[Session]:
        """Sessions of the same course to which the person may move by themselves, before the first day.

        Who has a company's seat asks the company.
        """
        enrollment = self.enrollment
        if enrollment is None or enrollment.is_of_company:
            return Session.objects.none()
        now = enrollment.session
        if now.today >= now.starts_on or now.canceled_at is not None:
            return Session.objects.none()
        others = Session.objects.in_state(Session.State.PUBLISHED).upcoming().filter(course=now.course_id)
        return others.filter(currency=now.currency, seats_taken__lt=F("seats")).exclude(pk=now.pk)


def seat_of(person: Person, session: Session) -> Seat:
    """Where the person stands with the session."""
    if not isinstance(person, User):
        return Seat()
    return Seat(
        Enrollment.objects.active().filter(user=person, session=session).select_related("order", "session").first(),
        WaitingEntry.objects.open().filter(user=person, session=session).select_related("session").first(),
    )


def seats_to_answer(person: User) -> dict[str, Any]:
    """For a person's home: `offers` to answer, `unpaid` orders that are held, whether they have any `orders`."""
    offers = WaitingEntry.objects.offered().filter(user=person).select_related("session__course")
    unpaid = Order.objects.held().with_owed().filter(buyer=person).select_related("session__course")
    return {
        "offers": [entry for entry in offers if entry.is_offered],
        "unpaid": unpaid.order_by("held_until"),
        "orders": Order.objects.filter(buyer=person).exists(),
    }


@transaction.atomic
def ask_for_seat(user: User, session: Session, code: str = "") -> Seat:
    """A seat where one is left, else a place on the waiting list. Raises SessionClosed or VoucherRefused."""
    session.lock()
    try:
        return Seat(enrollment=Enrollment.objects.enroll(user, session, code=code))
    except SessionFull:
        return Seat(waiting=WaitingEntry.objects.join(user, session))


def accept_offer(entry: WaitingEntry, code: str = "") -> Enrollment:
    """Take the seat that is offered. Raises OfferOver, which says why, or VoucherRefused."""
    entry.lapse()
    with transaction.atomic():
        entry.session.lock()
        entry.refresh_from_db()
        if not entry.is_offered:
            raise OfferOver(
                "This seat is no longer kept for you: the offer has run out. You can join the waiting list again."
                if entry.outcome == WaitingEntry.Outcome.LAPSED
                else "No seat is offered to you in this session as things stand."
            )
        return Enrollment.objects.enroll(entry.user, entry.session, code=code)


def offer_free_seats(session: Session) -> int:
    """Offer what is free to the next who wait; how many were offered. Call it after offering more seats."""
    return WaitingEntry.objects.offer_free_seats(session)


@transaction.atomic
def transfer(enrollment: Enrollment, to_session: Session, actor: User) -> Enrollment:
    """Move a person to another session: what was paid goes along, the difference is owed or given back.

    Raises TransferRefused, SessionFull or SessionClosed, and then nothing has moved.
    """
    from_session = enrollment.session
    for session in sorted({from_session, to_session}, key=lambda session: session.pk):
        session.lock()
    enrollment.refresh_from_db()
    enrollment.session = from_session
    old = enrollment.order
    if not enrollment.is_active:
        raise TransferRefused(f"{enrollment.user} has no seat in this session any more.")
    if Enrollment.objects.active().filter(user=enrollment.user, session=to_session).exists():
        raise TransferRefused(f"{enrollment.user} has a seat in that session already.")
    if old is not None and to_session.price and old.currency != to_session.currency:
        raise TransferRefused(f"That session costs {to_session.currency}; this one was ordered in {old.currency}.")
    moved = Enrollment.objects.move(enrollment, to_session)
    enrollment.end(Ending.MOVED)
    back = Decimal(0)
    if old is None:
        from_session.release_seats()
    else:
        old.give_back(1, memo=f"{enrollment.user} moved to {to_session}"[:200], by=actor)
        back = _carry(old, moved.order, actor)
    if actor != enrollment.user:
        audit.record(actor, f"moved {enrollment.user} to {to_session}", from_session)
    mail.write(enrollment.user, mail.Kind.SEAT, "moved", old=from_session, session=to_session, order=moved.order,
               back=back)  # fmt: skip
    offer_free_seats(from_session)
    return moved


def _carry(old: Order, new: Order | None, actor: User) -> Decimal:
    """What the old order has too much pays the new one; what is then left goes back. Returns how much went back."""
    if new is not None and (amount := min(-old.outstanding, new.total)) > 0:
        ledger.move_credit(old, new, amount, memo=f"From {old} to {new}", by=actor)
        if amount == new.total:
            new.settle()
    return send_back(old, by=actor)


@transaction.atomic
def cancel_session(session: Session, actor: User, reason: str) -> None:
    """The session does not take place: everybody loses their seat, gets back what they paid, and is told why."""
    session.lock()
    if not session.cancel():
        return
    addressees = _concerned(session)
    for enrollment in Enrollment.objects.active().filter(session=session).select_related("order"):
        enrollment.end(Ending.CANCELED)
        if enrollment.order is None:
            session.release_seats()
    for order in Order.objects.open().filter(session=session).select_related("session"):
        order.give_back(order.seats_open, memo="The session was canceled", by=actor)
        send_back(order, by=actor)
    for entry in WaitingEntry.objects.open().filter(session=session).select_related("session"):
        entry.end(WaitingEntry.Outcome.CANCELED)
    audit.record(actor, f"canceled {session}: {reason}", session)
    for addressee in addressees:
        mail.write(addressee, mail.Kind.SEAT, "session_canceled", session=session, reason=reason)


def _concerned(session: Session) -> list[User | str]:
    """Who has a seat, ordered some or waits for one; and the addresses to which seats were sent."""
    orders = Order.objects.open().filter(session=session)
    people = User.objects.filter(
        Q(pk__in=Enrollment.objects.active().filter(session=session).values("user"))
        | Q(pk__in=WaitingEntry.objects.open().filter(session=session).values("user"))
        | Q(pk__in=orders.values("buyer"))
    )
    invited = SeatInvitation.objects.filter(order__in=orders, taken_at__isnull=True, withdrawn_at__isnull=True)
    return [*people, *invited.values_list("email", flat=True).distinct()]


@transaction.atomic
def release_unpaid(order: Order) -> None:
    """Where the hold is over, pass on the seats, give back what was paid in part, and tell. Twice does it once."""
    order.session.lock()
    order.refresh_from_db()
    if not Order.objects.overdue().filter(pk=order.pk).exists():
        return
    people = {order.buyer}
    for enrollment in order.enrollments.active().select_related("user"):
        enrollment.end(Ending.UNPAID)
        people.add(enrollment.user)
    order.seats_lapsed = order.seats_open
    order.give_back(order.seats_open, memo="Not paid in time")
    order.save(update_fields=["seats_lapsed"])
    back = send_back(order)
    for person in people:
        mail.write(person, mail.Kind.SEAT, "seat_unpaid", session=order.session, order=order, back=back)
    offer_free_seats(order.session)
