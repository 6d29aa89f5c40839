"""The waiting list: of a session, for those who run it; and what a person answers to an offer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from courses.enrollment import frame
from courses.enrollment.refusals import EnrollmentRefused, VoucherRefused
from courses.enrollment.seats import accept_offer
from courses.enrollment.waiting.models import WaitingEntry
from courses.keys import key_of
from courses.people.models import User


def _own(request: HttpRequest, course: str, session: str) -> WaitingEntry:
    """The person's open place on the list of a session. Raises Http404."""
    assert isinstance(request.user, User)
    entries = WaitingEntry.objects.open().filter(user=request.user).select_related("session__course", "user")
    return get_object_or_404(entries, session__course__slug=course, session__slug=session)


@login_required
@require_POST
def accept_seat(request: HttpRequest, course: str, session: str) -> HttpResponse:
    """Take the seat that is offered; a refusal says why."""
    entry = _own(request, course, session)
    code = request.POST.get("voucher", "")
    try:
        enrollment = accept_offer(entry, code)
    except VoucherRefused as refused:
        messages.error(request, str(refused))
        return redirect(f"{entry.session.get_absolute_url()}?{urlencode({'voucher': code})}#seat")
    except EnrollmentRefused as refused:
        messages.error(request, str(refused))
        return redirect(entry.session)
    messages.success(request, "The seat is yours. Lectures and exercises are open from now on.")
    return redirect(enrollment.order if enrollment.order and enrollment.is_held else enrollment.session)


@login_required
@require_POST
def leave_waiting(request: HttpRequest, course: str, session: str) -> HttpResponse:
    """Leave the waiting list, or decline the seat that is offered."""
    entry = _own(request, course, session)
    entry.leave()
    messages.success(request, "You no longer wait for a seat in this session.")
    return redirect(entry.session)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def waiting_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who waits, in which order. POST moves, offers to, or removes one: `entry`, `do`."""
    assert isinstance(request.user, User)
    session = frame.run(request, pk)
    waiting = WaitingEntry.objects.open().filter(session=session).select_related("user", "session")
    if request.method == "POST":
        entry = get_object_or_404(waiting, pk=key_of(request.POST.get("entry", "")))
        _do(request.POST.get("do", ""), entry, request)
        return redirect("waiting_list", session.pk)
    ended = WaitingEntry.objects.filter(session=session, ended_at__isnull=False).select_related("user")
    return frame.page(
        request, session, "waiting", "courses/orders/waiting",
        offered=[entry for entry in waiting if entry.offered_at],
        queued=[entry for entry in waiting if not entry.offered_at],
        ended=ended.order_by("-ended_at")[:50],
    )  # fmt: skip


@transaction.atomic
def _do(what: str, entry: WaitingEntry, request: HttpRequest) -> None:
    """Move, offer to or remove somebody; a refusal says why."""
    assert isinstance(request.user, User)
    entry.session.lock()
    at = entry.place
    places = {"first": 1, "up": at - 1, "down": at + 1}
    try:
        if what in places:
            entry.put(request.user, places[what])
        elif what == "offer":
            entry.offer_by(request.user)
        elif what == "remove":
            entry.take_off(request.user)
    except EnrollmentRefused as refused:
        messages.error(request, str(refused))
