"""Seats that a company orders, and gives to its people by e-mail."""

from django.db import transaction
from django.utils import timezone

from courses.enrollment.orders.models import Order, SeatInvitation
from courses.enrollment.orders.payments import send_back
from courses.enrollment.refusals import InvitationRefused, SessionClosed, SessionFull
from courses.enrollment.waiting.models import WaitingEntry
from courses.people import mail
from courses.people.models import User
from courses.sessions.models import Session


@transaction.atomic
def order_for_company(
    buyer: User, session: Session, seats: int, company: str, billing_address: str, code: str = ""
) -> Order:
    """Take so many seats for a company, all or none. Raises SessionClosed, SessionFull or VoucherRefused."""
    session.lock()
    if not session.takes_enrollments:
        raise SessionClosed("This session no longer takes enrollments. Choose another one of the course.")
    WaitingEntry.objects.offer_free_seats(session)
    if not session.take_seats(seats):
        session.refresh_from_db(fields=["seats_taken"])
        left = session.seats_left
        raise SessionFull(f"Seats that are left: {left}. Order fewer." if left else "This session is full.")
    order = Order.objects.place(
        buyer, session, seats, code=code, company=company, billing_address=billing_address
    )  # fmt: skip
    mail.write(buyer, mail.Kind.SEAT, "company_order", order=order, session=session)
    return order


@transaction.atomic
def invite(order: Order, emails: list[str]) -> list[SeatInvitation]:
    """Send a seat to each address. Raises InvitationRefused, and then nothing was sent."""
    order.session.lock()
    order.refresh_from_db()
    if len(emails) > order.seats_free():
        raise InvitationRefused(f"Addresses: {len(emails)}; seats that are free: {order.seats_free()}. Name fewer.")
    sent = []
    for email in emails:
        if order.invitations.filter(email__iexact=email, withdrawn_at__isnull=True).exists():
            raise InvitationRefused(f"{email} has been sent a seat of this order already.")
        invitation = order.invitations.create(email=email)
        mail.write(email, mail.Kind.SEAT, "seat_invitation", invitation=invitation, order=order, session=order.session)
        sent.append(invitation)
    return sent


@transaction.atomic
def take_back(invitation: SeatInvitation) -> None:
    """Take back a seat that nobody has taken yet. Raises InvitationRefused."""
    invitation.order.session.lock()
    untaken = SeatInvitation.objects.filter(pk=invitation.pk, taken_at__isnull=True, withdrawn_at__isnull=True)
    if not untaken.update(withdrawn_at=timezone.now()):
        raise InvitationRefused(f"{invitation.email} has taken the seat, or it was taken back already.")


@transaction.atomic
def give_back(order: Order, seats: int) -> None:
    """Return seats that nobody has; what comes back follows the session's rule. Raises InvitationRefused."""
    order.session.lock()
    order.refresh_from_db()
    if seats > order.seats_free():
        raise InvitationRefused(f"Seats that are free: {order.seats_free()}. Take an invitation back first.")
    order.give_back(seats, order.session.refund_percent, memo=f"{seats} given back", by=order.buyer)
    send_back(order, by=order.buyer)
    WaitingEntry.objects.offer_free_seats(order.session)
