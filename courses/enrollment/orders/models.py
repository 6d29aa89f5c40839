"""Orders: who buys seats of a session, how many, at which price, and until when the seats are kept unpaid."""

import datetime
import secrets
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Round
from django.urls import reverse
from django.utils import timezone

from courses.enrollment.orders import ledger
from courses.enrollment.orders.vouchers import Voucher
from courses.people import mail
from courses.people.models import User
from courses.sessions.models import Session

__all__ = ["Order", "SeatInvitation", "Voucher", "new_token"]

REMIND_BEFORE = datetime.timedelta(hours=48)


class OrderQuerySet(models.QuerySet["Order"]):
    def open(self) -> "OrderQuerySet":
        """Those that still have seats."""
        return self.filter(seats_released__lt=F("seats"))

    def held(self) -> "OrderQuerySet":
        """Those whose seats go to others unless they are paid."""
        return self.open().filter(held_until__isnull=False)

    def overdue(self) -> "OrderQuerySet":
        return self.held().filter(held_until__lte=timezone.now())

    def to_remind(self) -> list["Order"]:
        """Those whose hold nears its end and whose buyer has not been reminded."""
        now = timezone.now()
        near = self.held().filter(held_until__gt=now, held_until__lte=now + REMIND_BEFORE, reminded_at__isnull=True)
        return [order for order in near.select_related("session__course", "buyer") if order.remind_at <= now]

    def with_owed(self) -> "OrderQuerySet":
        """Each with `owed`: what its buyer owes; below zero, what we owe them."""
        receivable = ledger.Posting.objects.filter(order=OuterRef("pk"), account=ledger.RECEIVABLE).order_by()
        # SQLite adds in floats: what is no whole cent is nothing.
        sums = receivable.values("order").values(sum=Round(Sum("amount"), precision=2))
        return self.annotate(owed=Coalesce(Subquery(sums), Value(Decimal(0)))).order_by("-placed_at", "-pk")

    def unpaid(self) -> "OrderQuerySet":
        """Those with something to pay, held or left to the buyer by staff."""
        return self.with_owed().filter(Q(owed__gt=0))

    def owed_back(self) -> "OrderQuerySet":
        """Those of which we have too much, and no provider that sends it back by itself."""
        return self.with_owed().filter(Q(owed__lt=0))

    @transaction.atomic
    def place(
        self,
        buyer: User,
        session: Session,
        seats: int = 1,
        *,
        code: str = "",
        company: str = "",
        billing_address: str = "",
    ) -> "Order":
        """Order seats that were taken already, at today's price, and charge them.

        code : of a voucher; raises VoucherRefused.
        """
        voucher = Voucher.objects.redeem(code, session) if code.strip() else None
        order = self.create(
            buyer=buyer, session=session, seats=seats, unit_price=session.price, currency=session.currency,
            unit_discount=voucher.discount_on(session.price) if voucher else Decimal(0), voucher=voucher,
            company=company, billing_address=billing_address,
        )  # fmt: skip
        if order.total:
            order.hold()
            ledger.charge(order, order.total, memo=f"{seats} × {session}"[:200])
        return order


class Order(models.Model):
    """What somebody bought: seats of one session. What is owed and paid stands in the ledger, not here.

    held_until : the seats go to others then, unless they are paid; empty once they are settled (paid, free, or left
    to a person by staff).
    """

    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="orders")
    session = models.ForeignKey(Session, models.PROTECT, related_name="orders")
    seats = models.PositiveSmallIntegerField(default=1)
    seats_released = models.PositiveSmallIntegerField(default=0, editable=False)
    seats_lapsed = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="of those released, how many were not paid in time"
    )
    unit_price = models.DecimalField(max_digits=10, decimal_places=2)
    unit_discount = models.DecimalField(
        max_digits=10, decimal_places=2, default=Decimal(0), help_text="off each seat: by voucher, or waived"
    )
    currency = models.CharField(max_length=3)
    voucher = models.ForeignKey(Voucher, models.PROTECT, null=True, blank=True, related_name="orders")
    company = models.CharField(max_length=200, blank=True, help_text="whose people are given the seats by e-mail")
    billing_address = models.TextField(blank=True, max_length=1000)
    placed_at = models.DateTimeField(default=timezone.now, editable=False)
    held_until = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="order_has_seats", condition=Q(seats__gte=1)),
            models.CheckConstraint(name="order_releases_what_it_has", condition=Q(seats_released__lte=F("seats"))),
            models.CheckConstraint(
                name="order_lapses_what_it_releases", condition=Q(seats_lapsed__lte=F("seats_released"))
            ),
            models.CheckConstraint(
                name="order_discount_within_price",
                condition=Q(unit_discount__gte=0, unit_discount__lte=F("unit_price")),
            ),
        ]
        indexes = [models.Index(name="order_held", fields=["held_until"], condition=Q(held_until__isnull=False))]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.pk])

    @property
    def number(self) -> str:
        """As it stands on receipts and bank transfers."""
        return f"G-{self.pk:06d}"

    @property
    def unit_net(self) -> Decimal:
        """What one seat costs after the discount."""
        return self.unit_price - self.unit_discount

    @property
    def total(self) -> Decimal:
        """What all seats cost, those given back since among them."""
        return self.seats * self.unit_net

    @property
    def most(self) -> Decimal:
        """What can have been asked for it, before any discount: whoever pays more means something else."""
        return self.seats * self.unit_price

    @property
    def outstanding(self) -> Decimal:
        """What the buyer owes; below zero, what we owe them."""
        return ledger.outstanding(self)

    @property
    def seats_open(self) -> int:
        return self.seats - self.seats_released

    @property
    def is_settled(self) -> bool:
        return self.held_until is None

    @property
    def is_held(self) -> bool:
        return self.held_until is not None and self.seats_open > 0

    @property
    def remind_at(self) -> datetime.datetime:
        """When a third of the hold is left, at most two days. Only for one that is held."""
        assert self.held_until is not None
        return self.held_until - min(REMIND_BEFORE, datetime.timedelta(hours=self.session.hold_hours) / 3)

    def seats_free(self) -> int:
        """Of a company: seats that nobody has and nobody is invited to."""
        invited = self.invitations.filter(taken_at__isnull=True, withdrawn_at__isnull=True).count()
        return self.seats_open - self.enrollments.filter(withdrawn_at__isnull=True).count() - invited

    def hold(self) -> None:
        """Keep the seats for who has yet to pay, for as long as the session says."""
        self.held_until = timezone.now() + datetime.timedelta(hours=self.session.hold_hours)
        self.reminded_at = None
        self.save(update_fields=["held_until", "reminded_at"])

    def settle(self) -> bool:
        """The seats are the buyer's. False where they were already."""
        settled = Order.objects.filter(pk=self.pk, held_until__isnull=False).update(held_until=None)
        self.held_until = None
        return bool(settled)

    @transaction.atomic
    def remind(self) -> None:
        """Tell the buyer once that the hold nears its end."""
        unreminded = Order.objects.held().filter(pk=self.pk, reminded_at__isnull=True)
        if unreminded.update(reminded_at=timezone.now()):
            mail.write(self.buyer, mail.Kind.SEAT, "seat_reminder", order=self, session=self.session)

    def fee_for(self, seats: int, percent_back: int) -> Decimal:
        """What we keep when so many seats are given back: a share of their price, never more than was paid for them."""
        net = seats * self.unit_net
        overpaid = max(net - self.outstanding, Decimal(0))
        return min((net * (100 - percent_back) / 100).quantize(ledger.CENT, ROUND_HALF_UP), overpaid)

    def give_back(self, seats: int, percent_back: int = 100, *, memo: str = "", by: User | None = None) -> None:
        """Return seats to the session and credit their price less the fee. Call it with the session locked.

        Where the seats that are left are paid by what was paid for all, they are settled.
        """
        amount = seats * self.unit_net - self.fee_for(seats, percent_back)
        self.seats_released += seats
        self.save(update_fields=["seats_released"])
        self.session.release_seats(seats)
        if amount:
            ledger.credit(self, amount, memo=memo, by=by)
        if self.seats_open and self.outstanding <= 0:
            self.settle()


def new_token() -> str:
    """A secret for a link that is sent to somebody: 256 bits."""
    return secrets.token_urlsafe(32)


class SeatInvitation(models.Model):
    """A seat of a company's order that was given to a person by e-mail, who takes it by the link."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="seats_taken", editable=False
    )
    taken_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="invited_once_an_order", fields=["order", "email"], condition=Q(withdrawn_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.order}"

    @property
    def is_open(self) -> bool:
        return self.taken_at is None and self.withdrawn_at is None and self.order.seats_open > 0
