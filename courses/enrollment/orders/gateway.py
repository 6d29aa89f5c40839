"""Where providers meet us: their notifications, and the page that plays a gateway for the test provider."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from courses.enrollment.orders.forms import AmountForm
from courses.enrollment.orders.models import Order
from courses.enrollment.orders.payments import NoticeRefused, notified
from courses.enrollment.orders.providers import NotGenuine, Test, provider_named

log = logging.getLogger(__name__)
SIGNATURE = "Gradus-Signature"


@csrf_exempt
@require_POST
def notification(request: HttpRequest, provider: str) -> HttpResponse:
    """A provider says what happened. 200: booked, now or before; 400: not genuine; 409: nothing that fits an order."""
    known = provider_named(provider)
    if known is None:
        raise Http404
    try:
        booked = notified(known, request.body, request.headers.get(SIGNATURE, ""))
    except NotGenuine as error:
        log.warning("a notification to %s is refused: %s", provider, error)
        return HttpResponse(f"{error}\n", status=400, content_type="text/plain")
    except NoticeRefused as error:
        log.warning("a notification of %s cannot be booked: %s", provider, error)
        return HttpResponse(f"{error}\n", status=409, content_type="text/plain")
    return HttpResponse(f"Booked as {booked.pk}.\n", content_type="text/plain")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def test_gateway(request: HttpRequest, pk: int) -> HttpResponse:
    """Plays a gateway's page: pay all, pay a part, or decline. What it says reaches us as a signed notification."""
    order = get_object_or_404(Order.objects.select_related("session"), pk=pk, buyer=request.user)
    gateway = provider_named(Test.name)
    if not isinstance(gateway, Test):
        raise Http404
    owed = order.outstanding
    given = request.POST if request.method == "POST" else None
    form = AmountForm(given, order=order, most=owed, why="You owe", initial={"amount": owed})
    if request.method == "POST" and request.POST.get("do") == "decline":
        messages.error(request, "The payment was declined, and nothing was taken. Try again, or pay in another way.")
        return redirect(order)
    if request.method == "POST" and form.is_valid():
        body = gateway.notification(order, form.cleaned_data["amount"])
        notified(gateway, body, gateway.sign(body))
        messages.success(request, "Your payment was received.")
        return redirect(order)
    context = {"order": order, "session": order.session, "owed": owed, "form": form}
    return render(request, "courses/orders/gateway.html", context, status=400 if form.errors else 200)
