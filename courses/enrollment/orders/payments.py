"""Money that comes and goes: what providers and admins say of it is booked, and seats follow.

Each begins with the session locked: a seat that is released while its payment arrives is either paid in time, or
taken again, or the money goes back.
"""

import logging
import secrets
from decimal import Decimal

from django.db import IntegrityError, transaction

from courses.enrollment.orders import ledger
from courses.enrollment.orders.ledger import Transaction
from courses.enrollment.orders.models import Order
from courses.enrollment.orders.payouts import Payout, order_payout
from courses.enrollment.orders.providers import PROVIDERS, Manual, Notice, Provider, ProviderFailed
from courses.enrollment.waiting.models import WaitingEntry
from courses.keys import key_of
from courses.people import audit, mail
from courses.people.models import User
from courses.templatetags.money import money

log = logging.getLogger(__name__)


class NoticeRefused(Exception):
    """A notification is genuine, and yet not what happened to an order of ours: nothing is booked."""


def notified(provider: Provider, body: bytes, signature: str) -> Transaction:
    """A provider's notification came. Raises NotGenuine or NoticeRefused, and then nothing is booked."""
    return book(provider.name, provider.read(body, signature))


def book(provider: str, notice: Notice) -> Transaction:
    """Book what a provider says, once however often it says so. Raises NoticeRefused."""
    order = Order.objects.filter(pk=_key_of(notice.order)).select_related("session", "buyer").first()
    if order is None:
        raise NoticeRefused(f"There is no order {notice.order}.")
    if notice.currency != order.currency:
        raise NoticeRefused(f"{order} is in {order.currency}, not in {notice.currency}.")
    if notice.amount > order.most:
        raise NoticeRefused(f"{order} is about {order.most} at most: {notice.amount} is more.")
    try:
        with transaction.atomic():
            order.session.lock()
            known = Transaction.objects.filter(provider=provider, reference=notice.reference).first()
            if known is None:
                take = receive if notice.kind == Transaction.Kind.PAYMENT else took_back
                return take(order, notice.amount, provider, notice.reference)
    except IntegrityError as error:
        raise NoticeRefused(f"{notice.reference} is being booked for another order.") from error
    if (known.kind, known.order_id, known.amount) != (notice.kind, order.pk, notice.amount):
        raise NoticeRefused(f"{notice.reference} is booked as {known} over {known.amount}, which is something else.")
    return known


def _key_of(number: str) -> int:
    """The order's key of a number such as G-000012; 0, which none has, of anything else."""
    return key_of(number.removeprefix("G-")) if number.startswith("G-") else 0


@transaction.atomic
def receive(
    order: Order, amount: Decimal, provider: str, reference: str = "", *, memo: str = "", by: User | None = None
) -> Transaction:
    """Money came in: the seats are the buyer's once all is paid; what is too much goes back.

    Seats that were released unpaid are taken again, if they are left and the money is enough for them.
    """
    order.session.lock()
    order.refresh_from_db()
    payment = ledger.pay(order, amount, provider, reference, memo=memo, by=by)
    if order.seats_lapsed:
        _take_again(order)
    owed = order.outstanding
    settled = order.seats_open > 0 and owed <= 0 and order.settle()
    returned = send_back(order, by=by) if owed < 0 else Decimal(0)
    mail.write(order.buyer, mail.Kind.SEAT, "payment", order=order, session=order.session, payment=payment,
               settled=settled, returned=returned, owed=owed, owed_back=-owed - returned)  # fmt: skip
    return payment


def _take_again(order: Order) -> None:
    """Take the seats that lapsed, if they are left and what we have of the buyer is enough for them."""
    session, seats = order.session, order.seats_lapsed
    people = order.enrollments.filter(withdrawn_at__isnull=False, ending="unpaid")
    if session.canceled_at is not None or session.is_over or not (order.company or people.exists()):
        return
    price = seats * order.unit_net
    if -order.outstanding < price or not session.take_seats(seats):
        return
    for entry in WaitingEntry.objects.open().filter(session=session, user__enrollments__in=people):
        entry.end(WaitingEntry.Outcome.TAKEN)
    people.update(withdrawn_at=None, ending="")
    order.seats_released -= seats
    order.seats_lapsed = 0
    order.save(update_fields=["seats_released", "seats_lapsed"])
    if price:
        ledger.charge(order, price, memo="Paid after all")


@transaction.atomic
def took_back(
    order: Order, amount: Decimal, provider: str, reference: str = "", *, memo: str = "", by: User | None = None
) -> Transaction:
    """Money went back, by the provider's doing or an admin's hand. A seat that is unpaid thereby is held anew."""
    order.session.lock()
    order.refresh_from_db()
    refund = ledger.refund(order, amount, provider, reference, _payment_of(order, amount, provider), memo=memo, by=by)
    if order.seats_open > 0 and order.is_settled and order.outstanding > 0:
        order.hold()
    return refund


def _payment_of(order: Order, amount: Decimal, provider: str) -> Transaction | None:
    """The payment that a refund by this provider gives back, where one is large enough."""
    payments = ledger.payments_behind(order)
    return next((payment for payment, rest in payments if payment.provider == provider and rest >= amount), None)


def send_back(order: Order, *, memo: str = "", by: User | None = None) -> Decimal:
    """Give back what the order has too much, through those who took it, the latest payment first.

    Returns how much goes back by itself. What was paid by hand is given back by hand: it stays owed until an admin
    books it.
    """
    too_much, returned = -order.outstanding, Decimal(0)
    for payment, rest in ledger.payments_behind(order):
        part = min(rest, too_much)
        if part <= 0:
            break
        too_much -= part
        if PROVIDERS[payment.provider].gives_back:
            reference = f"refund-{secrets.token_hex(16)}"
            refund = ledger.refund(order, part, payment.provider, reference, payment, memo=memo, by=by)
            order_payout(refund)
            returned += part
    return returned


def send_payouts() -> None:
    """Tell the providers what they are to give back, one after another. A bell too many finds nothing."""
    payouts = Payout.objects.select_related("refund__payment", "refund__order")
    while (payout := payouts.claim_next()) is not None:
        refund = payout.refund
        assert refund.payment is not None
        try:
            PROVIDERS[refund.provider].refund(refund.payment, refund.amount, refund.reference)
        except (OSError, ProviderFailed) as error:
            payout.put_off(str(error) or type(error).__name__)
            log.error("payout %s was not sent, it is tried again: %s", payout.pk, error)
        else:
            payout.note_sent()


@transaction.atomic
def receive_by_hand(order: Order, amount: Decimal, reference: str, memo: str, by: User) -> None:
    """An admin saw money come in. Raises IntegrityError where the reference is booked already."""
    receive(order, amount, Manual.name, reference, memo=memo, by=by)
    audit.record(by, f"booked a payment of {money(amount, order.currency)} for order {order}", order.session)


@transaction.atomic
def refund_by_hand(order: Order, amount: Decimal, reference: str, memo: str, by: User) -> None:
    """An admin sent money back. Raises IntegrityError where the reference is booked already."""
    took_back(order, amount, Manual.name, reference, memo=memo, by=by)
    audit.record(by, f"booked a refund of {money(amount, order.currency)} for order {order}", order.session)


@transaction.atomic
def waive(order: Order, amount: Decimal, reason: str, by: User) -> None:
    """Ask for so much less for each seat, at most for what it costs; what is then too much goes back."""
    order.session.lock()
    order.refresh_from_db()
    order.unit_discount += amount
    order.save(update_fields=["unit_discount"])
    ledger.credit(order, order.seats_open * amount, memo=reason, by=by)
    if order.outstanding <= 0:
        order.settle()
    send_back(order, memo=reason, by=by)
    audit.record(by, f"waived {money(amount, order.currency)} a seat of order {order}: {reason}", order.session)


@transaction.atomic
def keep_on_trust(order: Order, reason: str, by: User) -> None:
    """The seats are the buyer's before they are paid; what is owed stays owed."""
    order.session.lock()
    order.refresh_from_db()
    if order.is_held and order.settle():
        audit.record(by, f"kept the seats of order {order} unpaid: {reason}", order.session)
