"""The books, by double entry: every transaction's postings add up to nothing, and none is ever changed.

An order's receivable is what its buyer still owes; below zero, what we owe them.

| what happens | receivable | revenue | cash |
|---|---|---|---|
| charge: seats are ordered | + | − | |
| credit: a seat is given back, or cheaper than charged | − | + | |
| payment: money came in | − | | + |
| refund: money went back | + | | − |
| transfer: what one order has too much pays another | + of the one, − of the other | | |
"""

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from courses.people.models import User

if TYPE_CHECKING:
    from courses.enrollment.orders.models import Order

CENT = Decimal("0.01")
NEVER = "The books are never changed: add a transaction that sets it right."


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Reads and adds."""

    def _never(self, *_: object, **__: object) -> NoReturn:
        raise TypeError(NEVER)

    update = delete = bulk_update = update_or_create = _never


class AppendOnly(models.Model):
    """Rows that are written once. The database refuses updates, too (migration 0005)."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(NEVER)
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError(NEVER)


class Transaction(AppendOnly):
    """Something that happened to money. A provider's notice is booked once, however often it comes."""

    class Kind(models.TextChoices):
        CHARGE = "charge", "Charge"
        CREDIT = "credit", "Credit"
        PAYMENT = "payment", "Payment"
        REFUND = "refund", "Refund"
        TRANSFER = "transfer", "Transfer"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    order = models.ForeignKey("courses.Order", models.PROTECT, related_name="transactions")
    provider = models.CharField(max_length=20, blank=True, help_text="through whom money moved")
    reference = models.CharField(max_length=120, blank=True, help_text="the provider's own number")
    payment = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="refunds", help_text="which a refund gives back"
    )
    memo = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="provider_reference_booked_once", fields=["provider", "reference"], condition=~Q(reference="")
            ),
        ]
        # For the dashboard, which counts and lists by day.
        indexes = [models.Index(name="transaction_at", fields=["at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk} of {self.order}"

    @property
    def number(self) -> str:
        """As it stands on a receipt."""
        return f"R-{self.pk:06d}"

    @property
    def amount(self) -> Decimal:
        """What moved, above zero."""
        return sum((posting.amount for posting in self.postings.all() if posting.amount > 0), Decimal(0))


class Posting(AppendOnly):
    """An amount on an account: above zero a debit, below a credit."""

    class Account(models.TextChoices):
        RECEIVABLE = "receivable", "Receivable"
        REVENUE = "revenue", "Revenue"
        CASH = "cash", "Cash"

    transaction = models.ForeignKey(Transaction, models.PROTECT, related_name="postings")
    account = models.CharField(max_length=12, choices=Account.choices)
    order = models.ForeignKey("courses.Order", models.PROTECT, related_name="postings")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="posting_is_not_zero", condition=~Q(amount=Decimal(0)))]
        indexes = [models.Index(name="posting_of_order", fields=["order", "account"])]

    def __str__(self) -> str:
        return f"{self.get_account_display()} {self.amount} {self.currency}"

    @property
    def words(self) -> str:
        """What happened, as the order's buyer reads it."""
        booked = self.transaction
        told = {
            Transaction.Kind.CHARGE: "Ordered",
            Transaction.Kind.CREDIT: "Less to pay",
            Transaction.Kind.PAYMENT: "Paid",
            Transaction.Kind.REFUND: "Paid back to you",
            Transaction.Kind.TRANSFER: "Moved from another order" if self.amount < 0 else "Moved to another order",
        }[Transaction.Kind(booked.kind)]
        own = booked.kind in (Transaction.Kind.PAYMENT, Transaction.Kind.TRANSFER)
        return told if own or not booked.memo else f"{told}: {booked.memo}"


RECEIVABLE, REVENUE, CASH = Posting.Account.RECEIVABLE, Posting.Account.REVENUE, Posting.Account.CASH


# --- booking: amounts are above zero, in whole cents of the order's currency ------------------------------


def charge(order: "Order", amount: Decimal, memo: str = "", by: User | None = None) -> Transaction:
    """The buyer owes so much more."""
    return _book(Transaction.Kind.CHARGE, order, [(RECEIVABLE, order, amount), (REVENUE, order, -amount)],
                 memo=memo, booked_by=by)  # fmt: skip


def credit(order: "Order", amount: Decimal, memo: str = "", by: User | None = None) -> Transaction:
    """The buyer owes so much less."""
    return _book(Transaction.Kind.CREDIT, order, [(RECEIVABLE, order, -amount), (REVENUE, order, amount)],
                 memo=memo, booked_by=by)  # fmt: skip


def pay(
    order: "Order", amount: Decimal, provider: str, reference: str = "", memo: str = "", by: User | None = None
) -> Transaction:
    """Money came in. Raises IntegrityError where the provider's reference is booked already."""
    return _book(Transaction.Kind.PAYMENT, order, [(RECEIVABLE, order, -amount), (CASH, order, amount)],
                 provider=provider, reference=reference, memo=memo, booked_by=by)  # fmt: skip


def refund(
    order: "Order", amount: Decimal, provider: str, reference: str = "", payment: Transaction | None = None,
    memo: str = "", by: User | None = None,
) -> Transaction:  # fmt: skip
    """Money went back, out of `payment` where that is known. Raises IntegrityError as `pay` does."""
    return _book(Transaction.Kind.REFUND, order, [(RECEIVABLE, order, amount), (CASH, order, -amount)],
                 provider=provider, reference=reference, payment=payment, memo=memo, booked_by=by)  # fmt: skip


def move_credit(old: "Order", new: "Order", amount: Decimal, memo: str = "", by: User | None = None) -> Transaction:
    """What the old order has too much pays the new one."""
    return _book(Transaction.Kind.TRANSFER, new, [(RECEIVABLE, old, amount), (RECEIVABLE, new, -amount)],
                 memo=memo, booked_by=by)  # fmt: skip


@transaction.atomic
def _book(kind: str, order: "Order", entries: list[tuple[str, "Order", Decimal]], **facts: Any) -> Transaction:
    """Write a transaction with its postings. Raises ValueError where they are not what books can hold."""
    if sum(amount for _, _, amount in entries) != 0:
        raise ValueError(f"The postings do not add up to nothing: {entries}.")
    if len({of.currency for _, of, _ in entries}) != 1:
        raise ValueError(f"The postings are of several currencies: {entries}.")
    if any(amount == 0 or amount != amount.quantize(CENT) for _, _, amount in entries):
        raise ValueError(f"An amount is nothing, or no whole cents: {entries}.")
    booked = Transaction.objects.create(kind=kind, order=order, **facts)
    Posting.objects.bulk_create(
        Posting(transaction=booked, account=account, order=of, amount=amount, currency=of.currency)
        for account, of, amount in entries
    )
    return booked


# --- what the books say -----------------------------------------------------------------------------------


def outstanding(order: "Order") -> Decimal:
    """What the buyer owes; below zero, what we owe them."""
    return _sum(Posting.objects.filter(order=order, account=RECEIVABLE))


def paid(order: "Order") -> Decimal:
    """What came in for this order itself, less what went back."""
    return _sum(Posting.objects.filter(order=order, account=CASH))


def payments_behind(order: "Order") -> list[tuple[Transaction, Decimal]]:
    """The payments with which the order was paid, the newest first, each with how much of it has not gone back.

    Where credit was moved from another order, that one's payments are among them. Refunds that name no payment, as
    where one gives back several of them, are taken from the oldest.
    """
    orders, found = {order.pk}, {order.pk}
    while found:
        moves = Transaction.objects.filter(kind=Transaction.Kind.TRANSFER, postings__order__in=found)
        found = set(Posting.objects.filter(transaction__in=moves).values_list("order", flat=True)) - orders
        orders |= found
    payments = Transaction.objects.filter(kind=Transaction.Kind.PAYMENT, order__in=orders)
    others = Transaction.objects.filter(kind=Transaction.Kind.REFUND, order__in=orders, payment=None)
    gone = sum((refund.amount for refund in others.prefetch_related("postings")), Decimal(0))
    left = []
    for payment in payments.prefetch_related("postings", "refunds__postings").order_by("at", "pk"):
        rest = payment.amount - sum(refund.amount for refund in payment.refunds.all())
        borne = min(rest, gone)
        gone -= borne
        if rest > borne:
            left.append((payment, rest - borne))
    return left[::-1]


def moved(since: datetime.datetime) -> list[tuple[str, Decimal, Decimal]]:
    """By currency, what came in and what went back since then, both above zero."""
    cash = Posting.objects.filter(account=CASH, transaction__at__gte=since).order_by("currency").values("currency")
    sums = cash.annotate(came=Sum("amount", filter=Q(amount__gt=0)), went=Sum("amount", filter=Q(amount__lt=0)))
    return [(of["currency"], _whole(of["came"]), -_whole(of["went"])) for of in sums]


def _sum(postings: models.QuerySet[Posting]) -> Decimal:
    return _whole(postings.aggregate(sum=Sum("amount"))["sum"])


def _whole(amount: Decimal | None) -> Decimal:
    # SQLite adds in floats.
    return Decimal(amount or 0).quantize(CENT)
