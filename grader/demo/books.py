"""Orders and what was booked for them, collected in memory and written at once, in the order in which it happened.

The rows are those that the ledger itself writes: each transaction's postings add up to nothing.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from courses.models import Enrollment, Order, Posting, SeatInvitation, Transaction, User

Account, Kind = Posting.Account, Transaction.Kind


@dataclass
class Books:
    """What is not yet in the database."""

    admin: User
    orders: list[Order] = field(default_factory=list)
    enrollments: list[Enrollment] = field(default_factory=list)
    invitations: list[SeatInvitation] = field(default_factory=list)
    transactions: list[Transaction] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    money_moved: int = 0

    def charge(self, order: Order, at: datetime.datetime) -> None:
        """The buyer owes what all of the order's seats cost."""
        owed = [(Account.RECEIVABLE, order, order.total), (Account.REVENUE, order, -order.total)]
        self._book(Kind.CHARGE, order, at, owed, memo=f"{order.seats} × {order.session}"[:200])

    def pay(self, order: Order, at: datetime.datetime, amount: Decimal, provider: str) -> None:
        """Money came in; the order's seats are settled."""
        moved = [(Account.CASH, order, amount), (Account.RECEIVABLE, order, -amount)]
        self._book(Kind.PAYMENT, order, at, moved, provider)
        order.held_until = None

    def credit(self, order: Order, at: datetime.datetime, amount: Decimal, memo: str) -> None:
        """The buyer owes so much less."""
        given = [(Account.REVENUE, order, amount), (Account.RECEIVABLE, order, -amount)]
        self._book(Kind.CREDIT, order, at, given, memo=memo)

    def refund(self, order: Order, at: datetime.datetime, amount: Decimal) -> None:
        """Money went back, the way on which it came."""
        payment = next(one for one in self.transactions if one.order is order and one.kind == Kind.PAYMENT)
        moved = [(Account.RECEIVABLE, order, amount), (Account.CASH, order, -amount)]
        self._book(Kind.REFUND, order, at, moved, payment.provider, payment=payment)

    def transfer(self, giving: Order, taking: Order, at: datetime.datetime, amount: Decimal) -> None:
        """What one order has too much pays another."""
        moved = [(Account.RECEIVABLE, giving, amount), (Account.RECEIVABLE, taking, -amount)]
        self._book(Kind.TRANSFER, taking, at, moved)

    def _book(
        self,
        kind: Transaction.Kind,
        order: Order,
        at: datetime.datetime,
        entries: list[tuple[Posting.Account, Order, Decimal]],
        provider: str = "",
        **facts: Any,
    ) -> None:
        if not entries[0][2]:
            return
        booked = Transaction(kind=kind, order=order, provider=provider, at=at, **facts)
        if provider:
            self.money_moved += 1
            booked.reference = f"{provider}-{self.money_moved:06d}"
        if provider == "manual":
            booked.booked_by = self.admin
        self.transactions.append(booked)
        self.postings += [
            Posting(transaction=booked, account=account, order=of, amount=amount, currency=of.currency)
            for account, of, amount in entries
        ]

    def write(self) -> None:
        """Bring everything into the database, the oldest first, as if it had come there day by day."""
        Order.objects.bulk_create(sorted(self.orders, key=lambda order: order.placed_at))
        Enrollment.objects.bulk_create(sorted(self.enrollments, key=lambda one: one.enrolled_at))
        SeatInvitation.objects.bulk_create(self.invitations)
        by_time = sorted(self.transactions, key=lambda one: one.at)
        # A refund names the payment that it gives back.
        Transaction.objects.bulk_create([one for one in by_time if one.kind != Kind.REFUND])
        Transaction.objects.bulk_create([one for one in by_time if one.kind == Kind.REFUND])
        Posting.objects.bulk_create(self.postings)
