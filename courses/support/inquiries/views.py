"""Asking an advisor without an account; the answer comes by e-mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from courses.people.models import User
from courses.support.inquiries.forms import InquiryForm
from courses.support.models import Ticket

TOO_MANY = "Several questions came from your address within the hour. Wait a little, then send this one."


class Inquiries(AnonRateThrottle):
    """How often one address asks, on the page and by program together."""

    scope = "inquiry"


@require_http_methods(["GET", "HEAD", "POST"])
def inquire(request: HttpRequest) -> HttpResponse:
    """The form; POST sends it to the admins. It says the same whether the address is known here or not."""
    if isinstance(request.user, User):
        return redirect("question_new")
    sent = request.method == "POST"
    form = InquiryForm(request.POST if sent else None, initial={"course": request.GET.get("course")})
    if not sent or not form.is_valid():
        return _page(request, form, status=400 if form.errors else 200)
    if not Inquiries().allow_request(Request(request), APIView()):
        form.add_error(None, TOO_MANY)
        return _page(request, form, status=429)
    if not form.is_of_a_program:
        Ticket.objects.inquire(**form.about)
    messages.success(request, f"Your question has reached us. The answer goes to {form.cleaned_data['email']}.")
    return redirect(form.cleaned_data["course"] or "home")


def _page(request: HttpRequest, form: InquiryForm, status: int) -> HttpResponse:
    return render(request, "courses/support/inquiry.html", {"form": form}, status=status)
