"""Who belongs to which session."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from courses.enrollment import endings
from courses.enrollment.orders.models import Order, SeatInvitation
from courses.enrollment.orders.payments import send_back
from courses.enrollment.refusals import EnrollmentRefused, InvitationRefused, SessionClosed, SessionFull
from courses.enrollment.waiting.models import WaitingEntry
from courses.people import audit, mail
from courses.people.models import User
from courses.sessions.models import Session

__all__ = ["Enrollment", "EnrollmentRefused", "SessionClosed", "SessionFull"]


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def active(self) -> "EnrollmentQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def settled(self) -> "EnrollmentQuerySet":
        """Those whose seat is paid, costs nothing, or was left to the person by staff."""
        return self.active().filter(Q(order__isnull=True) | Q(order__held_until__isnull=True))

    def left_for(self, session: object, course: object) -> "EnrollmentQuerySet":
        """Seats that people left to move from another session of the course; keys, or references of an outer query."""
        return self.filter(session__course=course, ending=Enrollment.Ending.MOVED).exclude(session=session)

    @transaction.atomic
    def enroll(self, user: User, session: Session, *, code: str = "", waive: bool = False) -> "Enrollment":
        """Give the user a seat in the session; enrolling twice gives the same enrollment.

        Where it costs something, the seat comes with an order and is held until that is paid. Someone who withdrew
        comes back to the same enrollment, if a seat is left; a seat that is offered to the user is theirs.

        code : of a voucher. waive : staff ask for no money.
        Raises SessionClosed, SessionFull or VoucherRefused.
        """
        session.lock()
        if (enrollment := self.active().filter(user=user, session=session).first()) is not None:
            return enrollment
        self._take_seat_for(user, session)
        free = waive or not session.price
        order = None if free else Order.objects.place(user, session, code=code)
        enrollment = self.admit(user, session, order)
        mail.write(user, mail.Kind.SEAT, "enrolled", session=session, order=order)
        return enrollment

    def _take_seat_for(self, user: User, session: Session) -> None:
        """The seat that is offered to the user, or a free one that nobody waits for."""
        entry = WaitingEntry.objects.open().filter(user=user, session=session).first()
        if entry is not None and entry.is_offered and not session.is_over:
            entry.end(WaitingEntry.Outcome.TAKEN, keep_seat=True)
            return
        if not session.takes_enrollments:
            raise SessionClosed("This session no longer takes enrollments. Choose another one of the course.")
        if entry is not None:
            entry.end(WaitingEntry.Outcome.LAPSED if entry.has_run_out else WaitingEntry.Outcome.TAKEN)
        WaitingEntry.objects.offer_free_seats(session)
        if not session.take_seats():
            raise SessionFull("This session is full. Join its waiting list, or choose another one of the course.")

    def move(self, enrollment: "Enrollment", session: Session) -> "Enrollment":
        """Give the person of the enrollment a seat in another session too, ordered by whoever ordered the first one.

        Who was asked for no money is asked for none again. Call it with both sessions locked.
        Raises SessionClosed or SessionFull.
        """
        self._take_seat_for(enrollment.user, session)
        old = enrollment.order
        waived = old is None and bool(enrollment.session.price)
        if waived or not session.price:
            return self.admit(enrollment.user, session, None)
        order = Order.objects.place(
            old.buyer if old else enrollment.user,
            session,
            company=old.company if old else "",
            billing_address=old.billing_address if old else "",
        )
        return self.admit(enrollment.user, session, order)

    def admit(self, user: User, session: Session, order: Order | None) -> "Enrollment":
        """Give the user a seat that was taken for them. Call it with the session locked."""
        for entry in WaitingEntry.objects.open().filter(user=user, session=session):
            entry.end(WaitingEntry.Outcome.TAKEN)
        enrollment, _ = self.update_or_create(
            user=user, session=session, defaults={"withdrawn_at": None, "ending": "", "order": order}
        )
        return enrollment

    @transaction.atomic
    def take_seat_of(self, invitation: SeatInvitation, user: User) -> "Enrollment":
        """Give the user the seat of a company's order to which they were invited. Raises InvitationRefused."""
        session = invitation.order.session
        session.lock()
        invitation.refresh_from_db()
        if invitation.taken_by_id == user.pk and invitation.withdrawn_at is None:
            return self.get(user=user, session=session)
        if not invitation.is_open:
            raise InvitationRefused("This seat is no longer kept for you. Ask whoever invited you.")
        if session.is_over:
            raise InvitationRefused("This session is over.")
        if self.active().filter(user=user, session=session).exists():
            raise InvitationRefused("You have a seat in this session already; this one stays for somebody else.")
        invitation.taken_by, invitation.taken_at = user, timezone.now()
        invitation.save(update_fields=["taken_by", "taken_at"])
        return self.admit(user, session, invitation.order)


@dataclass(frozen=True)
class Return:
    """What withdrawing brings: of what was paid, how much comes back and how much is kept."""

    back: Decimal
    kept: Decimal


class Enrollment(models.Model):
    """A person's place in a session. Withdrawing keeps the row, and with it the person's own work."""

    class Ending(models.TextChoices):
        WITHDREW = "withdrew", "Withdrew"
        UNPAID = "unpaid", "Was not paid in time"
        MOVED = "moved", "Moved to another session"
        CANCELED = "canceled", "The session was canceled"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrollments")
    session = models.ForeignKey(Session, models.PROTECT, related_name="enrollments")
    enrolled_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True, editable=False)
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="enrollments", editable=False,
        help_text="with which the seat was bought; empty where it costs nothing",
    )  # fmt: skip

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        ordering = ["-enrolled_at"]
        constraints = [models.UniqueConstraint(fields=["user", "session"], name="enrolled_once_a_session")]
        # For the dashboard, which counts and lists by day.
        indexes = [
            models.Index(name="enrollment_enrolled", fields=["enrolled_at"]),
            models.Index(name="enrollment_withdrawn", fields=["withdrawn_at"], condition=Q(withdrawn_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.session}"

    @property
    def is_active(self) -> bool:
        return self.withdrawn_at is None

    @property
    def is_held(self) -> bool:
        """The seat goes to others unless it is paid."""
        return self.order is not None and self.order.is_held

    @property
    def is_of_company(self) -> bool:
        """The seat is one that a company bought, and whose money is the company's."""
        return self.order is not None and bool(self.order.company)

    @property
    def return_today(self) -> Return:
        """What comes back to who withdraws now, by the session's rule."""
        order = self.order
        if order is None or self.is_of_company:
            return Return(Decimal(0), Decimal(0))
        kept = order.fee_for(1, self.session.refund_percent)
        return Return(max(order.unit_net - order.outstanding, Decimal(0)) - kept, kept)

    @transaction.atomic
    def withdraw(self, by: User | None = None) -> None:
        """Give the seat back, and get back what the session's rule says. Withdrawing twice gives it back once.

        A seat that a company bought goes back to the company. by : of the staff, who withdraws the person.
        """
        self.session.lock()
        if not self.end(self.Ending.WITHDREW):
            return
        if by is not None:
            audit.record(by, f"withdrew {self.user}", self.session)
        back = owed_back = Decimal(0)
        if self.order is None:
            self.session.release_seats()
        elif not self.is_of_company:
            self.order.give_back(1, self.session.refund_percent, memo=f"{self.user} withdrew"[:200], by=by)
            back = send_back(self.order, by=by)
            owed_back = max(-self.order.outstanding, Decimal(0))
        mail.write(self.user, mail.Kind.SEAT, "withdrawn", session=self.session, order=self.order, back=back,
                   owed_back=owed_back)  # fmt: skip
        WaitingEntry.objects.offer_free_seats(self.session)

    def end(self, ending: str) -> bool:
        """Mark the seat as given back; False where it was. Call it with the session locked."""
        self.ending, self.withdrawn_at = ending, timezone.now()
        active = Enrollment.objects.active().filter(pk=self.pk)
        ended = bool(active.update(ending=ending, withdrawn_at=self.withdrawn_at))
        self.refresh_from_db(fields=["ending", "withdrawn_at", "order"])
        if ended and self.is_of_company:
            SeatInvitation.objects.filter(order=self.order, taken_by=self.user, withdrawn_at__isnull=True).update(
                withdrawn_at=self.withdrawn_at
            )
        if ended:
            endings.follow(self)
        return ended
