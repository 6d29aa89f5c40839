"""Sessions as those who teach them run them: a list, an overview, and what changes them."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import SuspiciousOperation
from django.core.paginator import Paginator
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.classroom.meetings.models import Meeting
from courses.classroom.meetings.timetable import entry_of
from courses.classroom.teaching.checklist import checklist
from courses.classroom.teaching.duplicating import duplicate as duplicate_session
from courses.classroom.teaching.filters import TeachingFilter
from courses.classroom.teaching.forms import CancelForm, DuplicateForm, SessionForm
from courses.enrollment import frame
from courses.enrollment.access import is_admin, is_instructor, sessions_staffed_by
from courses.enrollment.seats import cancel_session, offer_free_seats
from courses.people.models import User
from courses.sessions.models import Session, SessionRefused

A_PAGE = 50
# From so many on, one wants to look for a session.
MANY = 8
# What a press of a button does: the deed, and what is said of it.
DEEDS: dict[str, tuple[Callable[[Session, User], None], str]] = {
    "publish": (Session.publish, "The session is published: people can enroll from now on."),
    "take_back": (Session.take_back, "The session is a draft again: only its staff see it."),
    "close": (Session.close, "The session is closed: nobody new can enroll."),
    "reopen": (Session.reopen, "The session is open again: people can enroll."),
}


@login_required
@require_safe
def teaching(request: HttpRequest) -> HttpResponse:
    """One's sessions: those that run or come, the next first, then what is past, the latest first; all for admins."""
    assert isinstance(request.user, User)
    if not request.user.teaches:
        raise Http404
    to_come = Meeting.objects.to_come().filter(session=OuterRef("pk")).values("starts_at")[:1]
    own = Session.objects.filter(pk__in=sessions_staffed_by(request.user)).annotate(
        next_at=Subquery(to_come), is_past=~Q(pk__in=Session.objects.upcoming())
    )
    coming = Case(When(is_past=False, then=F("starts_on")))
    ordered = own.select_related("course").order_by("is_past", coming.asc(), "-starts_on", "pk")
    filters = TeachingFilter(request.GET, queryset=ordered)
    page = Paginator(filters.qs, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filters": filters,
        "many": own.count() >= MANY,
        "may_make": is_admin(request.user) or is_instructor(request.user),
    }
    return render(request, "courses/teaching/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a session; it is a draft at first."""
    assert isinstance(request.user, User)
    if not (is_admin(request.user) or is_instructor(request.user)):
        raise Http404
    form = SessionForm(frame.data(request), actor=request.user)
    if request.method == "POST" and form.is_valid():
        form.instance.set_up(request.user, form.cleaned_data.get("instructors", ()))
        messages.success(request, "The session is made. It is a draft: only its staff see it until you publish it.")
        return redirect("session_overview", form.instance.pk)
    return render(request, "courses/teaching/new.html", {"form": form}, status=400 if form.errors else 200)


@login_required
@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts, what is missing before publishing, and what can be done. Who assists sees no prices."""
    session = frame.staffed(request, pk)
    next_one = session.meetings.to_come().select_related("session__course").first()
    return frame.page(
        request, session, "overview", "courses/teaching/overview",
        items=checklist(session) if session.state == Session.State.DRAFT else [],
        next=entry_of(next_one, request.user) if next_one else None,
        waiting=session.waiting.filter(ended_at__isnull=True).count(),
    )  # fmt: skip


@login_required
@require_POST
def change_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish, take back, close or reopen; a refusal says why."""
    assert isinstance(request.user, User)
    try:
        deed, said = DEEDS[request.POST.get("do", "")]
    except KeyError:
        raise SuspiciousOperation("no such deed") from None
    return _do(request, pk, deed, said)


@frame.post_in_one
def _do(request: HttpRequest, pk: int, deed: Callable[[Session, User], None], said: str) -> HttpResponse:
    assert isinstance(request.user, User)
    session = frame.locked(request, pk)
    try:
        deed(session, request.user)
    except SessionRefused as refused:
        messages.error(request, str(refused))
    else:
        offer_free_seats(session)
        messages.success(request, said)
    return redirect("session_overview", session.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a session's facts; seats that are added go to whoever waits."""
    assert isinstance(request.user, User)
    session = frame.locked(request, pk)
    form = SessionForm(frame.data(request), instance=session, actor=request.user)
    if request.method == "POST" and form.is_valid():
        session.keep(request.user)
        if "instructors" in form.cleaned_data:
            session.name_instructors(request.user, form.cleaned_data["instructors"])
        offer_free_seats(session)
        messages.success(request, "The session is saved.")
        return redirect("session_overview", session.pk)
    if form.errors:
        # The page around the form is about the session as it is.
        session = Session.objects.select_related("course").get(pk=pk)
    return frame.page(request, session, "overview", "courses/teaching/edit", form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """The session once more, from another day on."""
    assert isinstance(request.user, User)
    session = frame.locked(request, pk)
    form = DuplicateForm(frame.data(request), session=session)
    if request.method == "POST" and form.is_valid():
        made = duplicate_session(session, request.user, form.cleaned_data["starts_on"])
        messages.success(request, "This is the new session. It is a draft: only its staff see it until you publish it.")
        for meeting in made.moved:
            messages.warning(request, f"“{meeting}” was moved by an hour: the clocks are put forward over its time.")
        return redirect("session_overview", made.session.pk)
    meetings = session.meetings.filter(canceled_at__isnull=True).count()
    return frame.page(request, session, "overview", "courses/teaching/duplicate", form, meetings=meetings)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """What follows from canceling, and doing it. It is final."""
    assert isinstance(request.user, User)
    session = frame.locked(request, pk)
    form = CancelForm(frame.data(request))
    if request.method == "POST" and session.canceled_at is None and form.is_valid():
        cancel_session(session, request.user, form.cleaned_data["reason"])
        messages.success(request, "The session is canceled. Everybody concerned is written to.")
        return redirect("session_overview", session.pk)
    return frame.page(
        request, session, "overview", "courses/teaching/cancel", form,
        enrolled=session.enrollments.filter(withdrawn_at__isnull=True).count(),
        waiting=session.waiting.filter(ended_at__isnull=True).count(),
    )  # fmt: skip
