"""The books, for admins: what is unpaid and how old, what is to be paid back, and what is booked by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from courses import sheets
from courses.enrollment.access import is_admin
from courses.enrollment.orders import ledger, payments
from courses.enrollment.orders.forms import KeepForm, MoneyMovedForm, WaiveForm
from courses.enrollment.orders.models import Order
from courses.enrollment.orders.payouts import Payout
from courses.people.models import User

# Days since the order, and how the list calls them.
AGES = [(7, "Up to a week"), (30, "Up to 30 days"), (90, "Up to 90 days")]
OLDER = "Older than 90 days"
# So many payments and refunds are shown.
LATEST = 20


@dataclass(frozen=True)
class Age:
    """What is unpaid of one age."""

    label: str
    orders: list[Order]

    @property
    def totals(self) -> dict[str, Decimal]:
        return totals_of(self.orders)


def totals_of(orders: list[Order]) -> dict[str, Decimal]:
    """What is owed for the orders, which have `owed`, by currency."""
    totals: dict[str, Decimal] = {}
    for order in orders:
        totals[order.currency] = totals.get(order.currency, Decimal(0)) + order.owed  # type: ignore[attr-defined]
    return totals


def ages_of(orders: list[Order]) -> list[Age]:
    """The orders by how long ago they were placed; what has none is left out."""
    ages: dict[str, list[Order]] = {label: [] for label in [*(label for _, label in AGES), OLDER]}
    for order in orders:
        days = age_of(order)
        ages[next((label for most, label in AGES if days <= most), OLDER)].append(order)
    return [Age(label, found) for label, found in ages.items() if found]


def age_of(order: Order) -> int:
    """Whole days since it was placed."""
    return (timezone.now() - order.placed_at).days


def unpaid() -> list[Order]:
    """What is owed, the oldest first."""
    return list(Order.objects.unpaid().select_related("session__course", "buyer").order_by("placed_at", "pk"))


def latest() -> QuerySet[ledger.Transaction]:
    """The payments and refunds that were booked last."""
    kinds = [ledger.Transaction.Kind.PAYMENT, ledger.Transaction.Kind.REFUND]
    moves = ledger.Transaction.objects.filter(kind__in=kinds).select_related("order__buyer", "order__session__course")
    return moves.prefetch_related("postings").order_by("-at", "-pk")[:LATEST]


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """What is unpaid, by age, with totals by currency; what is to be paid back; what moved of late."""
    _admin(request)
    orders = unpaid()
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    back = Order.objects.owed_back().select_related("session__course", "buyer").order_by("placed_at")
    context = {
        "ages": ages_of(orders), "totals": totals_of(orders), "orders": orders,
        "back": [(order, -order.owed) for order in back],  # type: ignore[attr-defined]
        "payouts": Payout.objects.filter(sent_at__isnull=True).exclude(error="").select_related("refund__order"),
        "month": month, "moved": ledger.moved(month), "latest": latest(),
    }  # fmt: skip
    return render(request, "courses/orders/money.html", context)


@require_safe
def unpaid_csv(request: HttpRequest) -> HttpResponse:
    """The list of what is unpaid, for a spreadsheet."""
    _admin(request)
    rows: list[list[object]] = [
        ["order", "buyer", "email", "company", "session", "placed", "age in days", "held until", "owed", "currency"]
    ]
    for order in unpaid():
        held = order.held_until.isoformat(timespec="minutes") if order.is_held and order.held_until else ""
        rows.append([
            order.number, order.buyer.name, order.buyer.email, order.company, order.session.full_name,
            order.placed_at.date(), age_of(order), held, round(order.owed, 2), order.currency,  # type: ignore[attr-defined]
        ])  # fmt: skip
    return sheets.download(rows, "unpaid")


@require_safe
def order_books(request: HttpRequest, pk: int) -> HttpResponse:
    """An order's books, and forms to book by hand."""
    _admin(request)
    return _page(request, get_object_or_404(Order, pk=pk))


def _page(request: HttpRequest, order: Order, **refused: Form) -> HttpResponse:
    owed = order.outstanding
    postings = ledger.Posting.objects.filter(transaction__postings__order=order).distinct()
    context: dict[str, Any] = {
        "order": order,
        "session": order.session,
        "owed": owed,
        "postings": postings.select_related("transaction__booked_by", "order").order_by("transaction__at", "pk"),
        "payment": _payment_form(order),
        "refund": _refund_form(order),
        "waive": _waive_form(order),
        "keep": _keep_form(order),
    }
    return render(request, "courses/orders/books.html", context | refused, status=400 if refused else 200)


def _payment_form(order: Order, data: Any = None) -> MoneyMovedForm:
    """More than is owed may come in, up to what the order is about; what is too much is then to be paid back."""
    return MoneyMovedForm(
        data, prefix="payment", order=order, most=order.most, why="The order is about",
        initial={"amount": max(order.outstanding, Decimal(0)) or None},
    )  # fmt: skip


def _refund_form(order: Order, data: Any = None) -> MoneyMovedForm:
    """What is too much goes back, or more, up to what was paid."""
    most = sum((rest for _, rest in ledger.payments_behind(order)), Decimal(0))
    return MoneyMovedForm(
        data, prefix="refund", order=order, most=most, why="Of what was paid there is left",
        initial={"amount": max(-order.outstanding, Decimal(0)) or None},
    )  # fmt: skip


def _waive_form(order: Order, data: Any = None) -> WaiveForm:
    """Less for each seat, at most what it costs."""
    most = order.unit_net if order.seats_open else Decimal(0)
    return WaiveForm(data, prefix="waive", order=order, most=most, why="A seat costs", initial={"amount": most or None})


def _keep_form(order: Order, data: Any = None) -> KeepForm:
    return KeepForm(data, prefix="keep")


@require_POST
def book_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """Book money that came in by hand."""
    return _book(request, pk, "payment", _payment_form, payments.receive_by_hand)


@require_POST
def book_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Book money that was sent back by hand."""
    return _book(request, pk, "refund", _refund_form, payments.refund_by_hand)


@require_POST
def waive_money(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for less."""
    return _book(request, pk, "waive", _waive_form, payments.waive)


@require_POST
def keep_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the seats to the buyer before they are paid."""
    return _book(request, pk, "keep", _keep_form, payments.keep_on_trust)


def _book(
    request: HttpRequest, pk: int, name: str, form_of: Callable[[Order, Any], Form], deed: Callable[..., None]
) -> HttpResponse:
    """Do what an admin says in the form's words; a refused form answers with the page and what was typed."""
    admin = _admin(request)
    order = get_object_or_404(Order, pk=pk)
    with transaction.atomic():
        # One at a time: what is left to pay, or to give back, is asked and booked in one.
        order.session.lock()
        order.refresh_from_db()
        form = form_of(order, request.POST)
        if form.is_valid():
            try:
                deed(order, **form.cleaned_data, by=admin)
            except IntegrityError:
                form.add_error("reference", "This reference is booked already. Look for it in the books.")
            else:
                messages.success(request, "It is in the books.")
                return redirect("order_books", pk)
    return _page(request, order, **{name: form})


def _admin(request: HttpRequest) -> User:
    """The admin who asks. Raises Http404 where it is somebody else."""
    if not (isinstance(request.user, User) and is_admin(request.user)):
        raise Http404
    return request.user
