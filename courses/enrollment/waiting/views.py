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
from courses.people import audit, mail
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
        entry_pk = request.POST.get("entry", "")
        entry = get_object_or_404(waiting, pk=int(entry_pk) if entry_pk.isdecimal() else 0)
        _do(request.POST.get("do", ""), entry, request)
        return redirect("waiting_list", session.pk)
    ended = WaitingEntry.objects.filter(session=session, ended_at__isnull=False).select_related("user")
    return frame.page(
        request, session, "waiting", "orders/waiting",
        offered=[entry for entry in waiting if entry.offered_at],
        queued=[entry for entry in waiting if not entry.offered_at],
        ended=ended.order_by("-ended_at")[:50],
    )  # fmt: skip


@transaction.atomic
def _do(what: str, entry: WaitingEntry, request: HttpRequest) -> None:
    """Move, offer to or remove somebody, and note it."""
    actor, person = request.user, entry.user
    assert isinstance(actor, User)
    entry.session.lock()
    at = entry.place - 1
    places = {"first": 0, "up": at - 1, "down": at + 1}
    if what in places and at >= 0:
        WaitingEntry.objects.put(entry, places[what])
        audit.record(actor, f"moved {person} on the waiting list from place {at + 1} to {entry.place}", entry.session)
    elif what == "offer" and at >= 0:
        if entry.offer(entry.session):
            audit.record(actor, f"offered a seat to {person}", entry.session)
        else:
            messages.error(request, "No seat is free. Offer more seats first, or move them to the first place.")
    elif what == "remove" and entry.leave():
        audit.record(actor, f"took {person} off the waiting list", entry.session)
        mail.write(person, mail.Kind.SEAT, "waiting_removed", session=entry.session)
