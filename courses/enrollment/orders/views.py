"""Ordering, paying, receipts; a company's seats and who takes them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.enrollment.access import orders_for, sessions_for
from courses.enrollment.models import Enrollment
from courses.enrollment.orders import company, ledger
from courses.enrollment.orders.forms import BillingForm, CompanyOrderForm, GiveBackForm, InviteForm
from courses.enrollment.orders.ledger import Transaction
from courses.enrollment.orders.models import Order, SeatInvitation
from courses.enrollment.orders.providers import PROVIDERS, provider_named, providers
from courses.enrollment.refusals import EnrollmentRefused, InvitationRefused
from courses.people.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def company_order(request: HttpRequest, course: str, session: str) -> HttpResponse:
    """Order several seats of a session at once; a refusal says why and keeps what was typed."""
    assert isinstance(request.user, User)
    chosen = get_object_or_404(sessions_for(request.user), course__slug=course, slug=session)
    form = CompanyOrderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            placed = company.order_for_company(
                request.user, chosen, said["seats"], said["company"], said["billing_address"], said["voucher"]
            )
            return redirect(placed)
        except EnrollmentRefused as refused:
            form.add_error(None, str(refused))
    context = {"session": chosen, "course": chosen.course, "form": form}
    return render(request, "courses/orders/company.html", context, status=400 if form.errors else 200)


@login_required
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """One's own orders, the newest first."""
    assert isinstance(request.user, User)
    own = Order.objects.with_owed().filter(buyer=request.user).select_related("session__course")
    return render(request, "courses/orders/list.html", {"orders": own})


@login_required
@require_safe
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """What was ordered, what was paid and is owed, how to pay; of a company, its seats."""
    return _page(request, get_object_or_404(orders_for(request.user), pk=pk))


def _page(request: HttpRequest, shown: Order, **forms: BaseForm) -> HttpResponse:
    """The order's page; a form that was refused is among `forms`, with what was typed."""
    entries = shown.postings.filter(account=ledger.RECEIVABLE).select_related("transaction")
    context: dict[str, Any] = {
        "order": shown,
        "session": shown.session,
        "entries": entries,
        "owed": shown.outstanding,
        "providers": providers(),
        "instructions": settings.PAYMENT_INSTRUCTIONS,
        "paid_once": any(entry.transaction.kind == Transaction.Kind.PAYMENT for entry in entries),
        "billing": BillingForm(instance=shown),
    }
    if shown.company:
        context |= {
            "invitations": shown.invitations.filter(withdrawn_at__isnull=True).select_related("taken_by"),
            "free": shown.seats_free(),
            "invite": InviteForm(),
            "give_back": GiveBackForm(),
        }
    return render(request, "courses/orders/order.html", context | forms, status=400 if forms else 200)


@login_required
@require_POST
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to where one pays by the chosen provider."""
    chosen = get_object_or_404(Order, pk=pk, buyer=request.user)
    provider = provider_named(request.POST.get("provider", ""))
    if provider is None:
        messages.error(request, "Choose how you want to pay.")
        return redirect(chosen)
    if not chosen.seats_open or chosen.outstanding <= 0:
        messages.error(request, "There is nothing to pay for this order.")
        return redirect(chosen)
    return redirect(provider.begin(chosen))


@login_required
@require_POST
def billing(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands on the receipts, until there is one."""
    chosen = get_object_or_404(Order, pk=pk, buyer=request.user)
    form = BillingForm(request.POST, instance=chosen)
    if chosen.transactions.filter(kind=Transaction.Kind.PAYMENT).exists():
        messages.error(request, "A receipt was given already: its address stays.")
    elif not form.is_valid():
        return _page(request, chosen, billing=form)
    else:
        form.save()
        messages.success(request, "The billing address is kept.")
    return redirect(chosen)


@login_required
@require_POST
def invite_to_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Send seats of a company's order to people by e-mail."""
    form = InviteForm(request.POST)
    return _of_company(request, pk, "invite", form, lambda order, said: company.invite(order, said["emails"]))


@login_required
@require_POST
def give_seats_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return seats of a company's order that nobody has."""
    form = GiveBackForm(request.POST)
    return _of_company(request, pk, "give_back", form, lambda order, said: company.give_back(order, said["seats"]))


def _of_company(
    request: HttpRequest, pk: int, name: str, form: Form, deed: Callable[[Order, dict[str, Any]], object]
) -> HttpResponse:
    """Do something with a company's seats; a refused form answers with the page."""
    chosen = get_object_or_404(Order.objects.exclude(company=""), pk=pk, buyer=request.user)
    if form.is_valid():
        try:
            deed(chosen, form.cleaned_data)
            return redirect(chosen)
        except InvitationRefused as refused:
            form.add_error(None, str(refused))
    return _page(request, chosen, **{name: form})


@login_required
@require_POST
def take_seat_back(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """Take back a seat that was sent and that nobody has taken."""
    chosen = get_object_or_404(SeatInvitation, pk=invitation, order=pk, order__buyer=request.user)
    try:
        company.take_back(chosen)
    except InvitationRefused as refused:
        messages.error(request, str(refused))
    return redirect(chosen.order)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The seat that a company sent: what it is, and for who has signed in a button that takes it."""
    invitation = get_object_or_404(SeatInvitation.objects.select_related("order__session__course"), token=token)
    person, refusal = request.user, ""
    if request.method == "POST":
        if not isinstance(person, User):
            return redirect_to_login(request.path)
        try:
            enrollment = Enrollment.objects.take_seat_of(invitation, person)
        except InvitationRefused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "The seat is yours. Lectures and exercises are open from now on.")
            return redirect(enrollment.session)
    order = invitation.order
    context = {"invitation": invitation, "order": order, "session": order.session, "refusal": refusal}
    return render(request, "courses/orders/invitation.html", context, status=400 if refusal else 200)


@login_required
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt for one payment, to print."""
    payments = Transaction.objects.filter(kind=Transaction.Kind.PAYMENT, order__in=orders_for(request.user))
    payment = get_object_or_404(payments.select_related("order__session__course", "order__buyer"), pk=pk)
    context = {
        "payment": payment,
        "order": payment.order,
        "paid_by": PROVIDERS[payment.provider].label,
        "site": settings.SITE_URL,
    }
    return render(request, "courses/orders/receipt.html", context)
