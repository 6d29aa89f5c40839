"""The rows behind the numbers: who enrolled or withdrew, and what was paid and paid back."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from courses.dashboard.counted import ENROLLMENTS, REVENUE
from courses.dashboard.facts import Money, People
from courses.dashboard.forms import EnrollmentRowsForm, PaymentRowsForm
from courses.dashboard.ranges import Range, school_zone
from courses.enrollment.models import Enrollment
from courses.enrollment.orders.ledger import Transaction

A_PAGE = 50
# Further down nobody reads; a file has them, up to as many as a spreadsheet opens at ease.
MOST_SHOWN, MOST_IN_FILE = 10_000, 50_000


class Counted(Sequence[Any]):
    """Rows whose number is known, so that whoever pages through them counts nothing; so many at most are shown."""

    def __init__(self, rows: QuerySet[Any], number: int) -> None:
        self.rows, self.number = rows, number

    def __getitem__(self, place: Any) -> Any:
        return self.rows[place]

    def __len__(self) -> int:
        return min(self.number, MOST_SHOWN)


def enrollments(asked: EnrollmentRowsForm) -> tuple[QuerySet[Enrollment], int]:
    """Enrollments of the range, the latest first, and how many they are."""
    gone = asked.cleaned_data["what"] == "withdrawn"
    at = "withdrawn_at" if gone else "enrolled_at"
    rows = Enrollment.objects.filter(**_between(at, asked.chosen), **asked.where).order_by(f"-{at}", "-pk")
    people = People(*ENROLLMENTS.total(asked.chosen, asked.where).values())
    return rows.select_related("user", "session__course"), people.withdrawn if gone else people.enrolled


def payments(asked: PaymentRowsForm) -> tuple[QuerySet[Transaction], int, Money | None]:
    """Payments and refunds of the range, the latest first; how many they are; what one currency comes to."""
    kind, currency = asked.cleaned_data["kind"], asked.cleaned_data["currency"]
    kinds = [kind] if kind else [Transaction.Kind.PAYMENT, Transaction.Kind.REFUND]
    where = {f"order__{lookup}": value for lookup, value in asked.where.items()}
    of_currency = {"currency": currency} if currency else {}
    rows = Transaction.objects.filter(kind__in=kinds, **_between("at", asked.chosen), **where)
    rows = rows.filter(**{f"order__{name}": value for name, value in of_currency.items()}).order_by("-at", "-pk")
    money = Money(*REVENUE.total(asked.chosen, asked.where | of_currency).values())
    number = {"payment": money.payments, "refund": money.refunds}.get(kind, money.payments + money.refunds)
    rows = rows.select_related("order__buyer", "order__session__course").prefetch_related("postings")
    return rows, number, money if currency else None


def _between(at: str, days: Range) -> dict[str, Any]:
    return {f"{at}__gte": days.begins_at, f"{at}__lt": days.ends_at}


def enrollment_lines(rows: QuerySet[Enrollment]) -> Iterator[list[object]]:
    """For a spreadsheet; moments are those of the school's clock."""
    yield ["name", "email", "course", "session", "enrolled", "no longer enrolled", "why"]
    for row in rows:
        yield [
            row.user.name, row.user.email, row.session.course.title, str(row.session), _clock(row.enrolled_at),
            _clock(row.withdrawn_at), row.get_ending_display(),
        ]  # fmt: skip


def payment_lines(rows: QuerySet[Transaction]) -> Iterator[list[object]]:
    """For a spreadsheet; what went back is below zero."""
    yield [
        "booked", "what", "order", "buyer", "email", "company", "course", "session", "provider", "amount", "currency",
    ]  # fmt: skip
    for row in rows:
        order, session = row.order, row.order.session
        yield [
            _clock(row.at), row.get_kind_display(), order.number, order.buyer.name, order.buyer.email, order.company,
            session.course.title, str(session), row.provider, signed(row), order.currency,
        ]  # fmt: skip


def signed(moved: Transaction) -> Decimal:
    """The amount, below zero where it went back."""
    return -moved.amount if moved.kind == Transaction.Kind.REFUND else moved.amount


def _clock(at: Any) -> str:
    return f"{at.astimezone(school_zone()):%Y-%m-%d %H:%M}" if at else ""
