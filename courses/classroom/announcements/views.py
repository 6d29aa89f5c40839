"""Posting, changing and deleting announcements."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from courses.classroom.announcements.forms import AnnouncementForm
from courses.classroom.announcements.models import Announcement
from courses.enrollment import frame
from courses.enrollment.access import members_of, sessions_run_by
from courses.people.models import User
from courses.sessions.models import Session


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def announcements(request: HttpRequest, pk: int) -> HttpResponse:
    """What was announced; POST shows a preview, or posts it and writes to every member."""
    assert isinstance(request.user, User)
    if request.method != "POST":
        return _page(request, frame.staffed(request, pk), AnnouncementForm())
    session = frame.run(request, pk)
    form = AnnouncementForm(request.POST)
    if not form.is_valid() or "preview" in request.POST:
        return _page(request, session, form)
    Announcement.objects.post(session, request.user, **form.cleaned_data)
    messages.success(request, "It is announced. Everybody with a seat gets it by e-mail.")
    return redirect("announcements", session.pk)


def _page(request: HttpRequest, session: Session, form: AnnouncementForm) -> HttpResponse:
    return frame.page(
        request, session, "announcements", "courses/teaching/announcements", form,
        preview=form.cleaned_data if form.is_bound and form.is_valid() else None,
        announcements=session.announcements.select_related("author"),
        members=members_of(session).count(),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@frame.post_in_one
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an announcement. Nobody is written to again."""
    assert isinstance(request.user, User)
    announcement = _run(request, pk)
    form = AnnouncementForm(frame.data(request), instance=announcement)
    if request.method == "POST" and form.is_valid():
        announcement.keep(request.user)
        messages.success(request, "The announcement is saved. Nobody is written to again.")
        return redirect("announcements", announcement.session_id)
    return frame.page(
        request, announcement.session, "announcements", "courses/teaching/announcement", form, announcement=announcement
    )


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an announcement from the page."""
    assert isinstance(request.user, User)
    announcement = _run(request, pk)
    announcement.take_down(request.user)
    messages.success(request, f"“{announcement}” is deleted. What was sent by e-mail stays sent.")
    return redirect("announcements", announcement.session_id)


def _run(request: HttpRequest, pk: int) -> Announcement:
    """An announcement in a session that the person teaches. Raises Http404."""
    announcements = Announcement.objects.filter(session__in=sessions_run_by(request.user))
    return get_object_or_404(announcements.select_related("session__course"), pk=pk)
